public import Tensor

/// What a `.tflite` file says, in the schema's terms, checked record by record.
///
/// Every index names a record, every shape is sound and every constant has the bytes of its type.
/// Constants and attributes stay in the file's bytes.
public struct Model: Sendable {
  /// The version of the schema: 3.
  public let version: Int
  /// What the exporting tool wrote about the model; empty when nothing.
  public let description: String
  /// The kinds of operators; operators refer to them by index.
  public let operatorCodes: [OperatorCode]
  /// The networks, at least one; the first is the main one.
  public let subgraphs: [Subgraph]
  /// Named attachments, such as an offline memory plan.
  public let metadata: [MetadataRecord]

  /// Reads a model from the bytes of a `.tflite` file.
  ///
  /// Bytes of any content are refused with an error that says where, or read in time and memory
  /// that are linear in their number.
  public init(parsing bytes: Bytes) throws(ModelError) {
    self = try ModelParser.parse(bytes)
  }

  init(
    version: Int, description: String, operatorCodes: [OperatorCode], subgraphs: [Subgraph],
    metadata: [MetadataRecord]
  ) {
    self.version = version
    self.description = description
    self.operatorCodes = operatorCodes
    self.subgraphs = subgraphs
    self.metadata = metadata
  }
}

internal import Files
public import Graph
public import Tensor

/// A model file, read: what stands in it, and the graph it means.
public struct ImportedModel: Sendable {
  /// The records of the file.
  public let model: Model
  /// The SHA-256 of the file, in hexadecimal.
  public let hash: String

  /// Reads a model file.
  ///
  /// - Throws: `ImportError.malformed` alone.
  public init(parsing bytes: Bytes) throws(ImportError) {
    do {
      model = try Model(parsing: bytes)
    } catch {
      throw .malformed(error)
    }
    hash = ContentHash.sha256(of: bytes)
  }

  /// Everything in the model's first subgraph that is refused, operators first.
  public var refusals: [ModelRefusal] { SubgraphBinding(0, RoutineReader(model)).refusals }

  /// The graph of the model's first subgraph.
  ///
  /// - Throws: everything that is refused at once; else the first fault of the network.
  public func graph() throws(ImportError) -> Graph {
    try SubgraphBinding(0, RoutineReader(model)).graph(modelHash: hash)
  }
}

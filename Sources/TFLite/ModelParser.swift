internal import Tensor

/// Turns the tables of one file into records.
struct ModelParser {
  let file: FlatBuffer
  let buffers: FlatVector?
  private let root: FlatTable
  private var operatorCodeCount = 0
  var budget: ParsingBudget
  /// What buffers hold of which two elements share a byte, unpacked.
  var unpackedBuffers: [Int: Bytes] = [:]

  /// Reads the whole model.
  static func parse(_ bytes: Bytes) throws(ModelError) -> Model {
    var parser = try ModelParser(bytes)
    return try parser.model()
  }

  private init(_ bytes: Bytes) throws(ModelError) {
    file = FlatBuffer(bytes: bytes)
    let start = ModelPlace(.model, 0)
    guard file.contains(8, at: 0), let rootOffset = file.number(at: 0, as: UInt32.self) else {
      throw .outside(at: start, .header, byteCount: 8, available: bytes.count)
    }
    let identifier = bytes.buffer[4..<8]
    guard identifier.elementsEqual(Schema.identifier) else {
      throw .identifier(at: ModelPlace(.model, 4), found: Array(identifier))
    }
    root = try FlatTable(in: file, at: ModelPlace(.model, Int(rootOffset)))
    buffers = try root.vector(Schema.Model.buffers, stride: 4)
    budget = ParsingBudget(fileByteCount: bytes.count)
  }

  private mutating func model() throws(ModelError) -> Model {
    let version = Int(try root.number(Schema.Model.version, default: UInt32(0)))
    guard version == Schema.version else {
      throw .version(at: root.place(naming: Schema.Model.version), found: version)
    }
    let operatorCodes = try records(Schema.Model.operatorCodes, of: root) {
      (parser, table) throws(ModelError) in try parser.operatorCode(table)
    }
    operatorCodeCount = operatorCodes.count
    let subgraphs = try records(Schema.Model.subgraphs, of: root) {
      (parser, table) throws(ModelError) in try parser.subgraph(table)
    }
    guard !subgraphs.isEmpty else {
      throw .noSubgraph(at: root.place(naming: Schema.Model.subgraphs))
    }
    let metadata = try records(Schema.Model.metadata, of: root) {
      (parser, table) throws(ModelError) in try parser.metadataRecord(table)
    }
    return Model(
      version: version, description: try text(Schema.Model.description, of: root) ?? "",
      operatorCodes: operatorCodes, subgraphs: subgraphs, metadata: metadata)
  }

  private mutating func operatorCode(_ table: FlatTable) throws(ModelError) -> OperatorCode {
    let narrow = try table.number(Schema.OperatorCode.deprecatedBuiltinCode, default: Int8(0))
    let wide = try table.number(Schema.OperatorCode.builtinCode, default: Int32(0))
    return OperatorCode(
      builtinCode: max(Int(narrow), Int(wide)),
      customCode: try text(Schema.OperatorCode.customCode, of: table),
      version: Int(try table.number(Schema.OperatorCode.version, default: Int32(1))))
  }

  private mutating func subgraph(_ table: FlatTable) throws(ModelError) -> Subgraph {
    let tensors = try records(Schema.Subgraph.tensors, of: table) {
      (parser, table) throws(ModelError) in try parser.tensor(table)
    }
    let operators = try records(Schema.Subgraph.operators, of: table) {
      (parser, table) throws(ModelError) in
      try parser.operatorRecord(table, tensorCount: tensors.count)
    }
    return Subgraph(
      name: try text(Schema.Subgraph.name, of: table) ?? "", tensors: tensors,
      inputs: try indices(Schema.Subgraph.inputs, of: table, in: 0..<tensors.count),
      outputs: try indices(Schema.Subgraph.outputs, of: table, in: 0..<tensors.count),
      operators: operators)
  }

  private mutating func operatorRecord(
    _ table: FlatTable, tensorCount: Int
  ) throws(ModelError) -> OperatorRecord {
    let opcodeIndex = Int(try table.number(Schema.Operator.opcodeIndex, default: UInt32(0)))
    guard opcodeIndex < operatorCodeCount else {
      throw .index(
        at: table.place(naming: Schema.Operator.opcodeIndex), found: opcodeIndex,
        count: operatorCodeCount)
    }
    let (options, optionsType) = try self.options(of: table)
    return OperatorRecord(
      opcodeIndex: opcodeIndex,
      inputs: try operands(Schema.Operator.inputs, of: table, in: -1..<tensorCount),
      outputs: try operands(Schema.Operator.outputs, of: table, in: 0..<tensorCount),
      intermediates: try indices(Schema.Operator.intermediates, of: table, in: -1..<tensorCount),
      options: options, optionsType: optionsType,
      customOptions: try bytes(
        Schema.Operator.customOptions, orOffset: Schema.Operator.customOptionsOffset,
        size: Schema.Operator.customOptionsSize, of: table))
  }

  private func options(
    of table: FlatTable
  ) throws(ModelError) -> (options: FlatTable?, type: Int) {
    let unions = [
      (Schema.Operator.optionsType, Schema.Operator.options),
      (Schema.Operator.options2Type, Schema.Operator.options2),
    ]
    for (typeField, valueField) in unions {
      let type = try table.number(typeField, default: UInt8(0))
      if type != 0, let options = try table.table(valueField) { return (options, Int(type)) }
    }
    return (nil, 0)
  }

  private mutating func metadataRecord(_ table: FlatTable) throws(ModelError) -> MetadataRecord {
    let name = try text(Schema.Metadata.name, of: table) ?? ""
    let index = Int(try table.number(Schema.Metadata.buffer, default: UInt32(0)))
    let count = buffers?.count ?? 0
    guard index < count else {
      throw .index(at: table.place(naming: Schema.Metadata.buffer), found: index, count: count)
    }
    return MetadataRecord(
      name: name, bytes: try bytes(ofBuffer: index) ?? Bytes(copying: [UInt8]()))
  }
}

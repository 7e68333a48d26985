internal import Tensor

/// A model's root table and what it refers to, by place, so that it can be written anew.
struct ModelRoot {
  /// An entry of the metadata.
  struct Metadata {
    let offset: Int
    let isOfflinePlan: Bool
    let buffer: Int
  }

  /// The schema's version.
  let version: UInt32
  /// Where the vectors and the string are that the root refers to, by field; buffers and metadata are not
  /// among them.
  let vectors: [(slot: Int, offset: Int)]
  /// Where the buffers' tables are.
  let buffers: [Int]
  /// The entries of the metadata, in order.
  let metadata: [Metadata]
  /// The buffers that tensors have, or metadata other than an offline plan.
  let usedBuffers: Set<Int>
  /// The first data that lies behind the FlatBuffer.
  let externalData: ModelPlace?
  /// The first field that is none of the schema's.
  let unknownField: ModelPlace?

  /// Reads the root of a model that could be parsed.
  init(_ bytes: Bytes, of model: Model) throws(ModelError) {
    let file = FlatBuffer(bytes: bytes)
    let offset = Int(file.number(at: 0, as: UInt32.self) ?? 0)
    let root = try FlatTable(in: file, at: ModelPlace(.model, offset))
    version = try root.number(Schema.Model.version, default: 0)
    var vectors: [(slot: Int, offset: Int)] = []
    for slot in 1..<Schema.Model.fieldCount
    where slot != Schema.Model.buffers.slot && slot != Schema.Model.metadata.slot {
      let stride = slot == Schema.Model.description.slot ? 1 : 4
      if let vector = try root.vector(Field(slot, "field \(slot)"), stride: stride) {
        vectors.append((slot, vector.place.offset))
      }
    }
    self.vectors = vectors
    var unknownField: ModelPlace?
    for slot in Schema.Model.fieldCount..<max(Schema.Model.fieldCount, root.slotCount)
    where unknownField == nil {
      unknownField = try root.place(of: Field(slot, "field \(slot)"), byteCount: 1)
    }
    self.unknownField = unknownField
    var externalData: ModelPlace?
    func note(_ field: Field, of table: FlatTable) throws(ModelError) {
      let offset = try table.number(field, default: UInt64(0))
      if externalData == nil && offset >= Schema.smallestExternalOffset {
        externalData = table.place(naming: field)
      }
    }
    var buffers: [Int] = []
    for table in try Self.tables(Schema.Model.buffers, of: root) {
      buffers.append(table.offset)
      try note(Schema.Buffer.offset, of: table)
    }
    self.buffers = buffers
    for subgraph in try Self.tables(Schema.Model.subgraphs, of: root) {
      for operation in try Self.tables(Schema.Subgraph.operators, of: subgraph) {
        try note(Schema.Operator.customOptionsOffset, of: operation)
      }
    }
    self.externalData = externalData
    var metadata: [Metadata] = []
    for (table, record) in zip(try Self.tables(Schema.Model.metadata, of: root), model.metadata) {
      metadata.append(
        Metadata(
          offset: table.offset, isOfflinePlan: record.name == OfflinePlan.metadataName,
          buffer: Int(try table.number(Schema.Metadata.buffer, default: UInt32(0)))))
    }
    self.metadata = metadata
    usedBuffers = Set(
      model.subgraphs.flatMap { $0.tensors.map(\.buffer) }
        + metadata.filter { !$0.isOfflinePlan }.map(\.buffer))
  }

  private static func tables(
    _ field: Field, of table: FlatTable
  ) throws(ModelError) -> [FlatTable] {
    guard let vector = try table.vector(field, stride: 4) else { return [] }
    var tables: [FlatTable] = []
    tables.reserveCapacity(vector.count)
    for index in 0..<vector.count { tables.append(try vector.table(at: index)) }
    return tables
  }
}

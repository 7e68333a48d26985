internal import Tensor

extension ModelParser {
  /// The records of a vector of tables; none when the field is absent.
  mutating func records<Record>(
    _ field: Field, of table: FlatTable,
    read: (inout ModelParser, FlatTable) throws(ModelError) -> Record
  ) throws(ModelError) -> [Record] {
    guard let vector = try table.vector(field, stride: 4) else { return [] }
    try budget.spend(vector.count, of: Record.self, at: vector.place)
    var records: [Record] = []
    records.reserveCapacity(vector.count)
    for index in 0..<vector.count {
      records.append(try read(&self, try vector.table(at: index)))
    }
    return records
  }

  /// A string; bytes that are not UTF-8 are replaced.
  mutating func text(_ field: Field, of table: FlatTable) throws(ModelError) -> String? {
    guard let vector = try table.vector(field, stride: 1) else { return nil }
    try budget.spend(vector.count, of: UInt8.self, at: vector.place)
    return String(decoding: vector.content.buffer, as: UTF8.self)
  }

  /// The elements of a vector of numbers.
  mutating func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
    _ vector: FlatVector, as type: Number.Type
  ) throws(ModelError) -> [Number] {
    try budget.spend(vector.count, of: type, at: vector.place)
    return vector.numbers(as: type)
  }

  /// The elements of a vector of 32-bit integers.
  mutating func integers(_ vector: FlatVector) throws(ModelError) -> [Int] {
    try budget.spend(vector.count, of: Int.self, at: vector.place)
    return vector.numbers(as: Int32.self).map(Int.init)
  }

  /// The operands or results of an operator: a vector of indices of tensors, each in `allowed`; empty
  /// when the field is absent.
  mutating func operands(
    _ field: Field, of table: FlatTable, in allowed: Range<Int>
  ) throws(ModelError) -> [Int] {
    let indices = try indices(field, of: table, in: allowed)
    try budget.spend(
      indices.count * ParsingBudget.operandSizeInBytes, at: table.place(naming: field))
    return indices
  }

  /// A vector of indices, each in `allowed`; empty when the field is absent.
  mutating func indices(
    _ field: Field, of table: FlatTable, in allowed: Range<Int>
  ) throws(ModelError) -> [Int] {
    guard let vector = try table.vector(field, stride: 4) else { return [] }
    let indices = try integers(vector)
    if let wrong = indices.firstIndex(where: { !allowed.contains($0) }) {
      throw .index(
        at: vector.place(at: wrong), found: indices[wrong], count: allowed.upperBound)
    }
    return indices
  }
}

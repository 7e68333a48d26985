package import Tensor

/// A piece of a FlatBuffer that is to be written.
package indirect enum FlatValue {
  /// A number inside its table: its bytes, little-endian.
  case scalar([UInt8])
  /// A table: its fields by slot; one that is absent has the schema's default.
  case table([Int: FlatValue])
  /// A vector of numbers, or of bytes: the elements' bytes, and those of one.
  case vector([UInt8], stride: Int)
  /// A vector of bytes that are used where they are, so that they lie at a multiple of 16.
  case data(Bytes)
  /// A string, with the zero behind it that the format asks for.
  case string(String)
  /// A vector of tables, or of other pieces.
  case pieces([FlatValue])

  /// A number of the type that the schema gives a field.
  package static func number(_ value: some FixedWidthInteger) -> FlatValue {
    .scalar(value.littleEndianBytes)
  }

  /// A vector of such numbers.
  package static func numbers<Number: FixedWidthInteger>(_ values: [Number]) -> FlatValue {
    .vector(values.flatMap(\.littleEndianBytes), stride: MemoryLayout<Number>.size)
  }

  /// A vector of floats.
  package static func floats(_ values: [Float]) -> FlatValue { .numbers(values.map(\.bitPattern)) }

  /// A table of the schema's fields.
  static func fields(_ values: KeyValuePairs<Field, FlatValue?>) -> FlatValue {
    var table: [Int: FlatValue] = [:]
    for (field, value) in values { table[field.slot] = value }
    return .table(table)
  }
}

extension FixedWidthInteger {
  /// The bytes, the lowest first.
  var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian, Array.init) }
}

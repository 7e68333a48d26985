/// A piece of a FlatBuffer to be written, well-formed or wrong on purpose.
indirect enum FlatNode: Sendable {
  /// A field's value, inside its table.
  case scalar([UInt8])
  /// A table, by field position.
  case table([Int: FlatNode])
  /// The elements of a vector, and the count that the file is to claim.
  case vector([UInt8], count: UInt32)
  /// A vector of tables.
  case tables([FlatNode])
  /// A vector that refers to one table many times.
  case repeated(FlatNode, count: Int)
  /// A piece whose offset is asked for later.
  case marked(String, FlatNode)
  /// The marked piece of that name, which is written elsewhere, behind this place.
  case shared(String)

  static func number<Number: FixedWidthInteger>(_ value: Number) -> FlatNode {
    .scalar(littleEndian(value))
  }

  static func numbers<Number: FixedWidthInteger>(_ values: [Number]) -> FlatNode {
    .vector(values.flatMap(littleEndian), count: UInt32(values.count))
  }

  static func float(_ value: Float) -> FlatNode { .number(value.bitPattern) }

  static func floats(_ values: [Float]) -> FlatNode { .numbers(values.map(\.bitPattern)) }

  static func string(_ text: String) -> FlatNode { .numbers(Array(text.utf8)) }

  func marked(_ name: String) -> FlatNode { .marked(name, self) }
}

func littleEndian<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

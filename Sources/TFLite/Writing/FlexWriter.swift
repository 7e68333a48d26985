internal import Ops

/// Writes the map of FlexBuffers that holds a custom operator's attributes.
///
/// Source: the FlexBuffers internals document. All numbers and offsets have 32 bits, and the keys are in the
/// order of their bytes, in which readers search.
struct FlexWriter {
  private var content: [UInt8] = []

  /// The map of these attributes; the attribute of each slot is named `names`.
  ///
  /// - Precondition: all are numbers or truth values, and there is a name for each.
  static func bytes(of options: OptionValues, attributes names: [String]) -> [UInt8] {
    let entries = options.values.map { (key: Array(names[$0.key].utf8), value: $0.value) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    var writer = FlexWriter()
    let keys = entries.map { writer.append($0.key + [0]) }
    while writer.content.count % 4 != 0 { writer.content.append(0) }
    writer.append(UInt32(entries.count))
    let keyVector = writer.content.count
    for key in keys { writer.refer(to: key) }
    writer.refer(to: keyVector)
    writer.append(UInt32(4))
    writer.append(UInt32(entries.count))
    let values = writer.content.count
    for entry in entries { writer.append(bits(of: entry.value)) }
    writer.content += entries.map { kind(of: $0.value) << 2 | widthCode }
    while writer.content.count % 4 != 0 { writer.content.append(0) }
    writer.refer(to: values)
    writer.content += [mapKind << 2 | widthCode, 4]
    return writer.content
  }

  /// Stands for a width of 4 bytes.
  private static let widthCode: UInt8 = 2
  private static let mapKind: UInt8 = 9

  private static func bits(of value: OptionValues.Value) -> UInt32 {
    switch value {
    case .int8(let number): UInt32(bitPattern: Int32(number))
    case .int32(let number): UInt32(bitPattern: number)
    case .float32(let number): number.bitPattern
    case .bool(let flag): flag ? 1 : 0
    case .int32s, .routine: preconditionFailure("an attribute of a custom operator is a number")
    }
  }

  private static func kind(of value: OptionValues.Value) -> UInt8 {
    switch value {
    case .int8, .int32: 1
    case .float32: 3
    case .bool: 26
    case .int32s, .routine: preconditionFailure("an attribute of a custom operator is a number")
    }
  }

  /// Appends bytes, and says where they are.
  private mutating func append(_ bytes: [UInt8]) -> Int {
    content += bytes
    return content.count - bytes.count
  }

  private mutating func append(_ number: UInt32) { content += number.littleEndianBytes }

  /// Appends an offset, which points backwards.
  private mutating func refer(to target: Int) { append(UInt32(content.count - target)) }
}

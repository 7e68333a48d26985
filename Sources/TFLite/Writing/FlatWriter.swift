internal import Tensor

/// Writes a FlatBuffer, each piece behind all that refer to it.
///
/// Source: the FlatBuffers internals document. Every number lies at a multiple of its size. Tables with the
/// same fields share a vtable.
package struct FlatWriter {
  private var content: [UInt8] = []
  /// Where the vtable with these entries is.
  private var vtables: [[UInt16]: Int] = [:]

  /// The bytes of a FlatBuffer with this root; `capacity` is about how many there will be.
  package static func bytes(
    of root: FlatValue, identifier: [UInt8], capacity: Int
  ) -> [UInt8] {
    var writer = FlatWriter()
    writer.content.reserveCapacity(capacity)
    writer.append(UInt32(0))
    writer.content += identifier
    writer.refer(from: 0, to: writer.write(root))
    return writer.content
  }

  /// The alignment of bytes that are used where they are.
  private static let dataAlignment = 16

  /// Writes a piece, and says where it is.
  private mutating func write(_ value: FlatValue) -> Int {
    switch value {
    case .scalar: preconditionFailure("a number is written inside its table")
    case .table(let fields): return write(table: fields)
    case .vector(let bytes, let stride):
      let start = startVector(count: bytes.count / stride, alignment: stride)
      content += bytes
      return start
    case .data(let bytes):
      let start = startVector(count: bytes.count, alignment: Self.dataAlignment)
      content += bytes.elements(of: UInt8.self)
      return start
    case .string(let text):
      let start = startVector(count: text.utf8.count, alignment: 1)
      content += Array(text.utf8) + [0]
      return start
    case .pieces(let pieces):
      let start = startVector(count: pieces.count, alignment: 4)
      content += [UInt8](repeating: 0, count: 4 * pieces.count)
      for (index, piece) in pieces.enumerated() {
        refer(from: start + 4 + 4 * index, to: write(piece))
      }
      return start
    }
  }

  /// Writes a table: its vtable if there is no such yet, its fields, then what they refer to.
  private mutating func write(table fields: [Int: FlatValue]) -> Int {
    let inline = fields.map { (slot: $0.key, bytes: $0.value.inlineBytes, value: $0.value) }
      // From the largest on each field is aligned if the first is.
      .sorted { ($1.bytes.count, $0.slot) < ($0.bytes.count, $1.slot) }
    var entries = [UInt16](repeating: 0, count: 2 + (fields.keys.max() ?? -1) + 1)
    var end = 4
    for field in inline {
      entries[2 + field.slot] = UInt16(end)
      end += field.bytes.count
    }
    (entries[0], entries[1]) = (UInt16(2 * entries.count), UInt16(end))
    let vtable = place(ofVtable: entries)
    align(to: max(4, inline.first?.bytes.count ?? 4), before: 4)
    let start = content.count
    append(Int32(truncatingIfNeeded: start - vtable))
    for field in inline { content += field.bytes }
    for field in inline.sorted(by: { $0.slot < $1.slot }) {
      if case .scalar = field.value { continue }
      refer(from: start + Int(entries[2 + field.slot]), to: write(field.value))
    }
    return start
  }

  private mutating func place(ofVtable entries: [UInt16]) -> Int {
    if let place = vtables[entries] { return place }
    align(to: 2)
    let place = content.count
    for entry in entries { append(entry) }
    vtables[entries] = place
    return place
  }

  /// Writes the count of a vector whose elements follow, the first at a multiple of `alignment`.
  private mutating func startVector(count: Int, alignment: Int) -> Int {
    align(to: max(4, alignment), before: 4)
    append(UInt32(truncatingIfNeeded: count))
    return content.count - 4
  }

  /// Appends zeros until the end, `count` bytes further, is a multiple of `alignment`.
  private mutating func align(to alignment: Int, before count: Int = 0) {
    while (content.count + count) % alignment != 0 { content.append(0) }
  }

  private mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { content += $0 }
  }

  private mutating func refer(from place: Int, to target: Int) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: target - place).littleEndian) {
      content.replaceSubrange(place..<place + 4, with: $0)
    }
  }
}

extension FlatValue {
  /// What stands inside the table: the number, or room for a reference.
  fileprivate var inlineBytes: [UInt8] {
    if case .scalar(let bytes) = self { bytes } else { [0, 0, 0, 0] }
  }
}

/// The start of a model file that holds an offline memory plan, and is followed by all of an older file.
///
/// A FlatBuffer refers forward only, so that every piece lies behind those that refer to it. References are
/// filled in when it is known where the pieces and the older file are.
struct OfflinePlanFront {
  /// What is written anew, in the file's order.
  private enum Piece: Hashable {
    case root, metadata, buffers, entry, name, buffer, payload
  }

  /// What a reference leads to: a new piece, or a place in the older file.
  private enum Target {
    case piece(Piece)
    case old(Int)
  }

  /// A field of a table, of four bytes.
  private enum Value {
    case word(UInt32)
    case reference(Target)
  }

  private var content: [UInt8] = []
  private var places: [Piece: Int] = [:]
  private var references: [(place: Int, target: Target)] = []

  /// Writes all pieces.
  ///
  /// A buffer that only an old plan has is taken over; else one is added.
  init(_ plan: OfflinePlan, _ root: ModelRoot) {
    var buffers = root.buffers.map(Target.old)
    let free = root.metadata.first { $0.isOfflinePlan && !root.usedBuffers.contains($0.buffer) }
    let index = free?.buffer ?? buffers.count
    if free == nil { buffers.append(.piece(.buffer)) } else { buffers[index] = .piece(.buffer) }
    let entries = root.metadata.filter { !$0.isOfflinePlan }.map { Target.old($0.offset) }

    append(referenceTo: .piece(.root))
    content += Schema.identifier
    var fields: [Int: Value] = [
      Schema.Model.version.slot: .word(root.version),
      Schema.Model.buffers.slot: .reference(.piece(.buffers)),
      Schema.Model.metadata.slot: .reference(.piece(.metadata)),
    ]
    for vector in root.vectors { fields[vector.slot] = .reference(.old(vector.offset)) }
    append(.root, table: fields)
    append(.metadata, tables: entries + [.piece(.entry)])
    append(.buffers, tables: buffers)
    append(
      .entry,
      table: [
        Schema.Metadata.name.slot: .reference(.piece(.name)),
        Schema.Metadata.buffer.slot: .word(UInt32(index)),
      ])
    append(.name, bytes: Array(OfflinePlan.metadataName.utf8), alignment: 4)
    content.append(0)
    append(.buffer, table: [Schema.Buffer.data.slot: .reference(.piece(.payload))])
    append(.payload, bytes: plan.payload, alignment: Self.alignment)
    align(to: Self.alignment)
  }

  /// What the schema aligns data to, and the older file with it.
  private static let alignment = 16

  /// The front with all references, for an older file that starts where it ends.
  var bytes: [UInt8] {
    var bytes = content
    for (place, target) in references {
      let end =
        switch target {
        case .piece(let piece): places[piece, default: 0]
        case .old(let offset): content.count + offset
        }
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: end - place).littleEndian) {
        bytes.replaceSubrange(place..<place + 4, with: $0)
      }
    }
    return bytes
  }

  /// Appends zeros until the end, `count` bytes further, is a multiple of `alignment`.
  private mutating func align(to alignment: Int, before count: Int = 0) {
    while (content.count + count) % alignment != 0 { content.append(0) }
  }

  private mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { content += $0 }
  }

  private mutating func append(referenceTo target: Target) {
    references.append((content.count, target))
    append(UInt32(0))
  }

  /// Appends a table behind its vtable, at a multiple of 4.
  private mutating func append(_ piece: Piece, table fields: [Int: Value]) {
    let slots = fields.keys.sorted()
    let count = (slots.last ?? -1) + 1
    align(to: 4, before: 4 + 2 * count)
    let vtable = content.count
    append(UInt16(4 + 2 * count))
    append(UInt16(4 + 4 * slots.count))
    for slot in 0..<count {
      append(UInt16(slots.firstIndex(of: slot).map { 4 + 4 * $0 } ?? 0))
    }
    places[piece] = content.count
    append(Int32(content.count - vtable))
    for slot in slots {
      switch fields[slot] {
      case .word(let word): append(word)
      case .reference(let target): append(referenceTo: target)
      case nil: break
      }
    }
  }

  /// Appends a vector of tables.
  private mutating func append(_ piece: Piece, tables: [Target]) {
    align(to: 4)
    places[piece] = content.count
    append(UInt32(tables.count))
    for table in tables { append(referenceTo: table) }
  }

  /// Appends a vector of bytes, the first at a multiple of `alignment`.
  private mutating func append(_ piece: Piece, bytes: [UInt8], alignment: Int) {
    align(to: alignment, before: 4)
    places[piece] = content.count
    append(UInt32(bytes.count))
    content += bytes
  }
}

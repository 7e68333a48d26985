import Tensor

/// A written FlatBuffer and where its marked pieces are.
struct FlatFile {
  private(set) var content: [UInt8]
  private(set) var marks: [String: Int] = [:]
  /// The fields that refer to pieces written elsewhere.
  private var shared: [(field: Int, name: String)] = []

  var bytes: Bytes { Bytes(copying: content) }

  init(_ root: FlatNode, identifier: String = "TFL3") {
    content = [0, 0, 0, 0] + Array(identifier.utf8)
    refer(from: 0, to: write(root.marked("root")))
    for (field, name) in shared { refer(from: field, to: offset(name)) }
  }

  /// The offset of a marked piece: a table, a vector's length, or a field's value.
  func offset(_ mark: String) -> Int { marks[mark] ?? -1 }

  /// Overwrites bytes.
  mutating func patch<Number: FixedWidthInteger>(_ offset: Int, _ value: Number) {
    content.replaceSubrange(offset..<offset + MemoryLayout<Number>.size, with: littleEndian(value))
  }

  /// Appends bytes behind the FlatBuffer, and says where.
  mutating func append(_ bytes: [UInt8]) -> Int {
    content += bytes
    return content.count - bytes.count
  }

  /// The offset of the entry of field `slot` in the vtable of the table at `table`.
  func vtableEntry(of table: Int, slot: Int) -> Int {
    vtable(of: table) + 4 + 2 * slot
  }

  /// The offset of the vtable of the table at `table`.
  func vtable(of table: Int) -> Int {
    let distance = content[table..<table + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return table - Int(Int32(bitPattern: distance))
  }

  private mutating func align(to alignment: Int, offset: Int = 0) {
    while (content.count + offset) % alignment != 0 { content.append(0) }
  }

  private mutating func refer(from field: Int, to target: Int) {
    patch(field, UInt32(target - field))
  }

  /// Writes a piece behind what is there; whoever refers to it comes before it.
  private mutating func write(_ node: FlatNode) -> Int {
    switch node {
    case .scalar, .shared:
      preconditionFailure("a scalar is written inside its table, a shared piece elsewhere")
    case .marked(let name, let inner):
      let offset = write(inner)
      marks[name] = offset
      return offset
    case .vector(let elements, let count):
      align(to: 8, offset: 4)
      let offset = content.count
      content += littleEndian(count) + elements
      return offset
    case .tables(let tables):
      let offset = writeReferences(count: tables.count)
      for (index, table) in tables.enumerated() {
        refer(from: offset + 4 + 4 * index, to: write(table))
      }
      return offset
    case .repeated(let table, let count):
      let offset = writeReferences(count: count)
      let target = write(table)
      for index in 0..<count { refer(from: offset + 4 + 4 * index, to: target) }
      return offset
    case .table(let fields):
      return writeTable(fields.sorted { $0.key < $1.key })
    }
  }

  private mutating func writeReferences(count: Int) -> Int {
    align(to: 4)
    content += littleEndian(UInt32(count)) + [UInt8](repeating: 0, count: 4 * count)
    return content.count - 4 - 4 * count
  }

  private mutating func writeTable(_ fields: [(key: Int, value: FlatNode)]) -> Int {
    align(to: 4)
    let vtable = content.count
    let slotCount = (fields.last?.key ?? -1) + 1
    content += [UInt8](repeating: 0, count: 4 + 2 * slotCount)
    align(to: 4)
    let table = content.count
    content += littleEndian(Int32(table - vtable))
    var references: [(field: Int, node: FlatNode)] = []
    for (slot, node) in fields {
      let (marks, value) = node.unmarked
      if case .scalar(let scalar) = value {
        align(to: min(scalar.count, 4))
        for mark in marks { self.marks[mark] = content.count }
        patch(vtable + 4 + 2 * slot, UInt16(content.count - table))
        content += scalar
      } else {
        align(to: 4)
        patch(vtable + 4 + 2 * slot, UInt16(content.count - table))
        references.append((content.count, node))
        content += [0, 0, 0, 0]
      }
    }
    patch(vtable, UInt16(4 + 2 * slotCount))
    patch(vtable + 2, UInt16(content.count - table))
    for (field, node) in references {
      if case .shared(let name) = node {
        shared.append((field, name))
      } else {
        refer(from: field, to: write(node))
      }
    }
    return table
  }
}

extension FlatNode {
  /// The marks around a piece, and the piece.
  fileprivate var unmarked: (marks: [String], node: FlatNode) {
    guard case .marked(let name, let inner) = self else { return ([], self) }
    let (marks, node) = inner.unmarked
    return ([name] + marks, node)
  }
}

/// Where one element lies.
public struct ElementPlace: Sendable {
  /// The storage.
  public let cells: Cells
  /// The element's offset in elements.
  public let offset: Int

  /// Makes a place.
  @inlinable @inline(__always)
  public init(cells: Cells, offset: Int) {
    self.cells = cells
    self.offset = offset
  }

  /// The number that lies there, where a cell is a byte.
  @inlinable @inline(__always)
  public func load<Number: Stored>(as type: Number.Type) -> Number {
    cells.base.loadUnaligned(
      fromByteOffset: offset &* MemoryLayout<Number>.size, as: Number.self)
  }

  /// Writes a number, where a cell is a byte.
  @inlinable @inline(__always)
  public func store<Number: Stored>(_ number: Number) {
    cells.base.storeBytes(
      of: number, toByteOffset: offset &* MemoryLayout<Number>.size, as: Number.self)
  }
}

extension Cells {
  /// The place of the element at `offset` (in elements).
  @inlinable @inline(__always)
  public subscript(offset: Int) -> ElementPlace { ElementPlace(cells: self, offset: offset) }
}

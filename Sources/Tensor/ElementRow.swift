/// The places of elements along one axis of a tensor, all other coordinates fixed.
public struct ElementRow: Sendable {
  /// The storage.
  public let cells: Cells
  /// The offset in elements but for the axis.
  public let start: Int
  /// Where the axis' coordinates lie.
  public let axis: AxisMap

  /// Makes a row.
  @inlinable @inline(__always)
  public init(cells: Cells, start: Int, axis: AxisMap) {
    self.cells = cells
    self.start = start
    self.axis = axis
  }

  /// The place of the element at `coordinate` of the axis.
  @inlinable @inline(__always)
  public subscript(coordinate: Int) -> ElementPlace {
    cells[start &+ axis.offset(coordinate)]
  }
}

extension TensorView {
  /// The row along the last axis that the element at `start` lies in; a tensor without axes is a row
  /// of the coordinate 0.
  @inlinable @inline(__always)
  public func row(at start: [Int]) -> ElementRow {
    ElementRow(cells: cells, start: rowStart(start), axis: axes.last ?? .single)
  }

  /// The row along `axis` that the element at `start` lies in.
  @inlinable
  public func row(at start: [Int], along axis: Int) -> ElementRow {
    var offset = 0
    for other in axes.indices where other != axis { offset &+= axes[other].offset(start[other]) }
    return ElementRow(cells: cells, start: offset, axis: axes[axis])
  }
}

extension Region {
  /// Calls `body` with every row along the last axis as it lies in two views, in row-major order.
  ///
  /// - Precondition: both views store the box.
  @inlinable @inline(__always)
  public func forEachRow(
    in first: TensorView, _ second: TensorView, _ body: (ElementRow, ElementRow) -> Void
  ) {
    guard !isEmpty else { return }
    let (axis, other) = (first.axes.last ?? .single, second.axes.last ?? .single)
    walk(0, first, 0, second, 0) { start, otherStart in
      body(
        ElementRow(cells: first.cells, start: start, axis: axis),
        ElementRow(cells: second.cells, start: otherStart, axis: other))
    }
  }

  /// Calls `body` with the offsets of the rows from `axis` on inward.
  @usableFromInline
  func walk(
    _ axis: Int, _ first: TensorView, _ start: Int, _ second: TensorView, _ otherStart: Int,
    _ body: (Int, Int) -> Void
  ) {
    guard axis < rank - 1 else { return body(start, otherStart) }
    let (map, other) = (first.axes[axis], second.axes[axis])
    for coordinate in self[axis] {
      walk(
        axis + 1, first, start &+ map.offset(coordinate), second,
        otherStart &+ other.offset(coordinate), body)
    }
  }
}

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

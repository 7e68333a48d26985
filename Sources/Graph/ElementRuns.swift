public import Tensor

/// A stretch of elements that lie side by side, both in a buffer and in their tensor.
public struct ElementRun: Hashable, Sendable {
  /// The first element's offset in the buffer, in elements.
  public let offset: Int
  /// The first element's row-major index in the whole tensor.
  public let index: Int
  /// How many elements there are.
  public let count: Int

  /// Makes a run.
  public init(offset: Int, index: Int, count: Int) {
    self.offset = offset
    self.index = index
    self.count = count
  }
}

/// Enumerates where the elements of boxes of a tensor lie in one buffer.
public struct ElementRuns: Sendable {
  private let axes: [AxisMap]
  private let tensorStrides: [Int]
  /// The first axis from which on buffer and tensor are laid out alike: rows there need no cutting.
  private let denseFrom: Int
  private let extents: [Int]

  /// Prepares the enumeration for a buffer of a tensor of `shape`.
  public init(_ buffer: PlanBuffer, shape: Shape) {
    axes = buffer.axes
    tensorStrides = shape.strides
    extents = shape.extents
    var dense = shape.rank
    while dense > 0, buffer.rings[dense - 1] == nil,
      buffer.region[dense - 1] == 0..<shape[dense - 1]
    {
      dense -= 1
    }
    denseFrom = dense
  }

  /// Calls `body` for each run of the product of `coordinates`, one list of ascending, disjoint
  /// ranges per axis.
  ///
  /// - Complexity: linear in the number of runs: at most the number of elements, and one for a box
  ///   that is dense in both.
  public func forEach(_ coordinates: [[Range<Int>]], _ body: (ElementRun) -> Void) {
    if coordinates.contains(where: { $0.isEmpty }) { return }
    // Trailing axes that are read whole, and are dense, make one run together with the axis before.
    var runAxis = axes.count - 1
    while runAxis > 0, runAxis >= denseFrom, coordinates[runAxis] == [0..<extents[runAxis]] {
      runAxis -= 1
    }
    guard runAxis >= 0 else { return body(ElementRun(offset: 0, index: 0, count: 1)) }
    let inner = extents[(runAxis + 1)...].reduce(1, *)
    walk(coordinates, axis: 0, runAxis: runAxis, inner: inner, offset: 0, index: 0, body)
  }

  /// Calls `body` for each run of a box.
  public func forEach(in box: Region, _ body: (ElementRun) -> Void) {
    forEach(box.ranges.map { $0.isEmpty ? [] : [$0] }, body)
  }

  private func walk(
    _ coordinates: [[Range<Int>]], axis: Int, runAxis: Int, inner: Int, offset: Int, index: Int,
    _ body: (ElementRun) -> Void
  ) {
    let map = axes[axis]
    for range in coordinates[axis] {
      if axis < runAxis {
        for coordinate in range {
          walk(
            coordinates, axis: axis + 1, runAxis: runAxis, inner: inner,
            offset: offset + map.offset(coordinate),
            index: index + coordinate * tensorStrides[axis], body)
        }
      } else {
        // A ring wraps: cut where the storage ends.
        var low = range.lowerBound
        while low < range.upperBound {
          let high =
            map.isRing
            ? min(range.upperBound, (low / map.capacity + 1) * map.capacity) : range.upperBound
          body(
            ElementRun(
              offset: offset + map.offset(low), index: index + low * tensorStrides[axis],
              count: (high - low) * inner))
          low = high
        }
      }
    }
  }
}

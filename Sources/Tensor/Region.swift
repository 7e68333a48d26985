/// A box of half-open ranges, one per axis, in the coordinates of the whole tensor.
public struct Region: Hashable, Sendable {
  /// One range per axis, outermost first.
  public var ranges: [Range<Int>]

  /// Makes a box from one range per axis.
  public init(_ ranges: [Range<Int>]) { self.ranges = ranges }

  /// The whole of a tensor.
  public init(whole shape: Shape) { ranges = shape.extents.map { 0..<$0 } }

  /// The number of axes.
  public var rank: Int { ranges.count }

  /// The length of the range on each axis.
  public var extents: [Int] { ranges.map(\.count) }

  /// The coordinates along a row: the last range, or that of a single element where there is no axis.
  @inlinable
  public var row: Range<Int> { ranges.last ?? 0..<1 }

  /// The number of elements inside.
  public var count: Int { ranges.reduce(1) { $0 * $1.count } }

  /// Whether no element lies inside.
  public var isEmpty: Bool { ranges.contains { $0.isEmpty } }

  /// The range of one axis.
  public subscript(axis: Int) -> Range<Int> {
    get { ranges[axis] }
    set { ranges[axis] = newValue }
  }

  /// Whether every element of `other` lies inside; an empty box lies in every box.
  public func contains(_ other: Region) -> Bool {
    guard rank == other.rank else { return false }
    return other.isEmpty
      || zip(ranges, other.ranges).allSatisfy {
        $0.lowerBound <= $1.lowerBound && $1.upperBound <= $0.upperBound
      }
  }

  /// Whether the element at `coordinate` lies inside.
  public func contains(_ coordinate: [Int]) -> Bool {
    rank == coordinate.count && zip(ranges, coordinate).allSatisfy { $0.contains($1) }
  }

  /// The elements that lie in both boxes.
  public func intersection(_ other: Region) -> Region {
    Region(zip(ranges, other.ranges).map { $0.clamped(to: $1) })
  }

  /// The smallest box that holds both; an empty box adds nothing.
  public func union(_ other: Region) -> Region {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return Region(
      zip(ranges, other.ranges).map {
        min($0.lowerBound, $1.lowerBound)..<max($0.upperBound, $1.upperBound)
      })
  }
}

extension Region: CustomStringConvertible {
  /// The ranges in brackets.
  public var description: String {
    "[\(ranges.map { "\($0.lowerBound)..<\($0.upperBound)" }.joined(separator: ", "))]"
  }
}

extension Region {
  /// Calls `body` with the coordinate of the first element of every row along the last axis, in
  /// row-major order.
  ///
  /// A box of rank 0 has one row, of one element.
  @inlinable
  public func forEachRow(_ body: (_ start: [Int]) -> Void) {
    guard !isEmpty else { return }
    var coordinate = ranges.map(\.lowerBound)
    while true {
      body(coordinate)
      var axis = rank - 2
      while axis >= 0 {
        coordinate[axis] += 1
        if coordinate[axis] < self[axis].upperBound { break }
        coordinate[axis] = self[axis].lowerBound
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}

extension Region {
  /// The box cut along its outermost axis of several coordinates into slices of at most `limit`
  /// elements, or of one coordinate where even that is more.
  public func slices(ofAtMost limit: Int) -> [Region] {
    guard count > limit, let axis = ranges.firstIndex(where: { $0.count > 1 }) else {
      return [self]
    }
    let step = max(1, limit / (count / self[axis].count))
    return stride(from: self[axis].lowerBound, to: self[axis].upperBound, by: step).map { low in
      var slice = self
      slice[axis] = low..<min(low + step, self[axis].upperBound)
      return slice
    }
  }
}

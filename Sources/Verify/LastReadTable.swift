internal import Ops
internal import Tensor

/// Which result of a tile reads each element of an operand last, both by row-major index.
///
/// That index is a sum over the operand's axes, so that one list per axis knows it.
struct LastReadTable {
  private struct Axis {
    /// The product of the extents of the axes behind it.
    let stride: Int
    let extent: Int
    /// The coordinates that are read, holes included.
    let bounds: Range<Int>
    /// Where its terms begin.
    let first: Int
  }

  private var axes: [Axis] = []
  /// By axis and coordinate, how far the result lies behind that of the first coordinate.
  private var terms: [Int] = []
  /// The result that reads the first element of the bounds last.
  private let base: Int
  private let isEmpty: Bool

  /// The term of a coordinate that no result reads.
  private static let unread = Int.min

  /// Asks how far `tile`, of results of the shape `results`, has read operand `operand`, of the shape
  /// `elements`.
  init(_ access: Access, operand: Int, tile: Region, elements: Shape, results: Shape) {
    let reads = LastReads(access, operand: operand, tile: tile)
    let bounds = access.bounds(of: operand, for: tile)
    let first = bounds.ranges.map(\.lowerBound)
    // The bounds are the smallest, so that they begin where something is read.
    guard !bounds.isEmpty, let last = reads.result(at: first) else {
      (base, isEmpty) = (0, true)
      return
    }
    (base, isEmpty) = (results.index(of: last), false)
    for (axis, range) in bounds.ranges.enumerated() {
      axes.append(
        Axis(
          stride: elements.strides[axis], extent: elements[axis], bounds: range,
          first: terms.count))
      var coordinate = first
      for place in range {
        coordinate[axis] = place
        terms.append(
          reads.result(at: coordinate).map { results.index(of: $0) - base } ?? Self.unread)
      }
    }
  }

  /// The result that reads an element last; `nil` if none does.
  func result(of element: Int) -> Int? {
    if isEmpty { return nil }
    var result = base
    for axis in axes {
      let coordinate = element / axis.stride % axis.extent
      guard axis.bounds.contains(coordinate) else { return nil }
      let term = terms[axis.first + coordinate - axis.bounds.lowerBound]
      if term == Self.unread { return nil }
      result += term
    }
    return result
  }
}

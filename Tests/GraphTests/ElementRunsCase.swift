import Graph
import Tensor

/// A random buffer and a random product of coordinates in it, with the elements by definition.
struct ElementRunsCase: CustomStringConvertible {
  struct Element: Hashable {
    let offset: Int
    let index: Int
  }

  let shape: Shape
  let buffer: PlanBuffer
  let coordinates: [[Range<Int>]]

  init(using generator: inout SplitMix64) {
    let extents = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      Int.random(in: 1...6, using: &generator)
    }
    let region = Region(
      extents.map { extent in
        // Often whole, so that trailing axes are dense.
        guard Int.random(in: 0..<3, using: &generator) == 0 else { return 0..<extent }
        let low = Int.random(in: 0..<extent, using: &generator)
        return low..<Int.random(in: low + 1...extent, using: &generator)
      })
    var rings: [Int: Int] = [:]
    for axis in extents.indices where Int.random(in: 0..<4, using: &generator) == 0 {
      rings[axis] = Int.random(in: 1...region[axis].count, using: &generator)
    }
    shape = Shape(checking: extents) ?? Shape()
    buffer = PlanBuffer(name: "b", tensor: 0, element: .int8, region: region, rings: rings)
    coordinates = region.ranges.map { Self.ranges(in: $0, using: &generator) }
  }

  /// Ascending, disjoint ranges, some of them side by side; at times all, at times none.
  private static func ranges(
    in whole: Range<Int>, using generator: inout SplitMix64
  ) -> [Range<Int>] {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: return []
    case 1..<6: return [whole]
    default:
      let cuts = Set(whole.filter { _ in Bool.random(using: &generator) })
        .union([whole.lowerBound, whole.upperBound]).sorted()
      return zip(cuts, cuts.dropFirst()).map { $0..<$1 }
        .filter { _ in Int.random(in: 0..<3, using: &generator) > 0 }
    }
  }

  /// The elements in row-major order, one by one.
  var elements: [Element] {
    var tuples: [[Int]] = [[]]
    for ranges in coordinates {
      tuples = tuples.flatMap { tuple in ranges.joined().map { tuple + [$0] } }
    }
    return tuples.map { coordinate in
      var (offset, index) = (0, 0)
      for (axis, c) in coordinate.enumerated() {
        let low = buffer.region[axis].lowerBound
        let stored = buffer.rings[axis] ?? buffer.region[axis].count
        offset = offset * stored + (buffer.rings[axis].map { c % $0 } ?? c - low)
        index = index * shape[axis] + c
      }
      return Element(offset: offset, index: index)
    }
  }

  var description: String { "\(shape) \(buffer.region) \(buffer.rings) \(coordinates)" }
}

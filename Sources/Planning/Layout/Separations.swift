/// How far two buffers of a problem that are live at one time must be apart.
struct Separations {
  private struct Pair: Hashable {
    let below: Int
    let above: Int
  }

  private let buffers: [LayoutProblem.Buffer]
  private var distances: [Pair: Int] = [:]
  /// Whether a buffer may have distances of its own to what is above it, or below.
  private var isListed: [(below: Bool, above: Bool)]

  /// The separations of neighbours.
  ///
  /// - Complexity: linear in the pairs with extents and, for each, in both buffers' parts.
  init(_ problem: LayoutProblem, neighbours: NeighbourTable) {
    buffers = problem.buffers
    isListed = [(below: Bool, above: Bool)](repeating: (false, false), count: buffers.count)
    let shaped = buffers.indices.filter { !buffers[$0].extents.isEmpty }
    let parts = shaped.isEmpty ? [] : buffers.map(\.parts)
    for buffer in shaped {
      isListed[buffer] = (true, true)
      for other in neighbours[buffer] {
        let other = Int(other)
        let isFirst = buffers[other].extents.isEmpty || buffer < other
        guard isFirst, distances[Pair(below: buffer, above: other)] == nil,
          let distance = Self.distances(parts[buffer], parts[other])
        else { continue }
        distances[Pair(below: buffer, above: other)] = distance.firstBelow
        distances[Pair(below: other, above: buffer)] = distance.secondBelow
      }
    }
    for spacing in problem.spacings {
      distances[Pair(below: spacing.below, above: spacing.above)] = spacing.distance
      isListed[spacing.below].below = true
    }
  }

  /// The least number of bytes from the start of `below` to the start of `above`.
  ///
  /// It is negative where `above` may start first, because what `below` meets of it lies further up.
  @inline(__always)
  subscript(below below: Int, above above: Int) -> Int {
    let size = buffers[below].sizeInBytes
    guard isListed[below].below || isListed[above].above else { return size }
    return distances[Pair(below: below, above: above), default: size]
  }

  /// How far apart two buffers must be, either being below, if what is in use of them is disjoint.
  ///
  /// That is `nil` if no part of the one is in use when some part of the other is.
  static func distances(
    _ first: [LayoutProblem.Extent], _ second: [LayoutProblem.Extent]
  ) -> (firstBelow: Int, secondBelow: Int)? {
    var distance: (firstBelow: Int, secondBelow: Int)?
    var (i, j) = (0, 0)
    while i < first.count, j < second.count {
      let (a, b) = (first[i], second[j])
      if a.times.overlaps(b.times) {
        distance = (
          max(distance?.firstBelow ?? Int.min, a.bytes.upperBound - b.bytes.lowerBound),
          max(distance?.secondBelow ?? Int.min, b.bytes.upperBound - a.bytes.lowerBound)
        )
      }
      if a.times.upperBound <= b.times.upperBound { i += 1 } else { j += 1 }
    }
    return distance
  }
}

/// How far two buffers of a problem that are live at one time must be apart.
struct Separations {
  private struct Pair: Hashable {
    let below: Int
    let above: Int
  }

  private let buffers: [LayoutProblem.Buffer]
  private let distances: [Pair: Int]
  private let isSpaced: [Bool]

  init(_ problem: LayoutProblem) {
    buffers = problem.buffers
    var distances: [Pair: Int] = [:]
    var isSpaced = [Bool](repeating: false, count: problem.buffers.count)
    for spacing in problem.spacings {
      distances[Pair(below: spacing.below, above: spacing.above)] = spacing.distance
      isSpaced[spacing.below] = true
    }
    self.distances = distances
    self.isSpaced = isSpaced
  }

  /// The least number of bytes from the start of `below` to the start of `above`.
  @inline(__always)
  subscript(below below: Int, above above: Int) -> Int {
    let size = buffers[below].sizeInBytes
    return isSpaced[below] ? distances[Pair(below: below, above: above), default: size] : size
  }
}

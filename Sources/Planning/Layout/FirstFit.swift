/// Gives addresses one by one, each the lowest that is free.
struct FirstFit {
  let problem: LayoutProblem
  let neighbours: NeighbourTable
  let separations: Separations

  init(_ problem: LayoutProblem, neighbours: NeighbourTable) {
    self.problem = problem
    self.neighbours = neighbours
    separations = Separations(problem, neighbours: neighbours)
  }

  /// The offset of each buffer if they are placed in `order`, fixed ones first.
  ///
  /// - Complexity: O(k log k) for each buffer with k neighbours.
  func offsets(_ order: [Int]) -> [Int] {
    var offsets = problem.buffers.map { $0.fixedOffset ?? 0 }
    var isPlaced = problem.buffers.map { $0.fixedOffset != nil }
    var forbidden: [(low: Int, high: Int)] = []
    for buffer in order where !isPlaced[buffer] {
      forbidden.removeAll(keepingCapacity: true)
      for other in neighbours[buffer] where isPlaced[Int(other)] {
        let other = Int(other)
        // A start strictly between these would be too close.
        forbidden.append(
          (
            offsets[other] - separations[below: buffer, above: other],
            offsets[other] + separations[below: other, above: buffer]
          ))
      }
      forbidden.sort { ($0.low, $0.high) < ($1.low, $1.high) }
      var offset = 0
      for (low, high) in forbidden where low < offset && offset < high {
        offset = problem.aligned(high)
      }
      offsets[buffer] = offset
      isPlaced[buffer] = true
    }
    return offsets
  }
}

/// Gives addresses by first fit, in several orders, and keeps the lowest peak.
enum GreedyLayout {
  /// The offset of each buffer of the problem.
  ///
  /// - Complexity: O(n^2 log n) in the number of blocks.
  static func offsets(of problem: LayoutProblem) -> [Int] {
    let blocks = problem.blocks
    // Ties fall to the earlier block, so that the result is the same on every run.
    func sorted(by key: (LayoutProblem.Block) -> Int) -> [Int] {
      let keys = blocks.map(key)
      return blocks.indices.sorted { (keys[$1], $0) < (keys[$0], $1) }
    }
    let orders = [
      sorted { $0.sizeInBytes },
      sorted { $0.sizeInBytes * $0.duration },
      sorted { $0.duration },
    ]
    let layouts = orders.map { firstFit($0, problem) }
    let peaks = layouts.map { offsets in
      blocks.indices.map { offsets[$0] + blocks[$0].sizeInBytes }.max() ?? 0
    }
    let best = layouts.indices.min { (peaks[$0], $0) < (peaks[$1], $1) } ?? 0
    var offsets = [Int](repeating: 0, count: problem.bufferCount)
    for (index, block) in blocks.enumerated() {
      for claim in block.claims { offsets[claim.buffer] = layouts[best][index] }
    }
    return offsets
  }

  /// Places each block, in order, at the lowest address free while its claims hold.
  private static func firstFit(_ order: [Int], _ problem: LayoutProblem) -> [Int] {
    var offsets = [Int](repeating: 0, count: problem.blocks.count)
    var placed: [(claim: LayoutProblem.Claim, offset: Int)] = []
    for index in order {
      let claims = problem.blocks[index].claims
      // A start strictly between these bounds would overlap what is placed.
      var forbidden: [(low: Int, high: Int)] = []
      for claim in claims {
        for other in placed where other.claim.overlapsInTime(claim) {
          forbidden.append(
            (other.offset - claim.sizeInBytes, other.offset + other.claim.sizeInBytes))
        }
      }
      var offset = 0
      for (low, high) in forbidden.sorted(by: { $0.low < $1.low })
      where low < offset && offset < high {
        offset = (high + problem.alignment - 1) / problem.alignment * problem.alignment
      }
      offsets[index] = offset
      placed += claims.map { ($0, offset) }
    }
    return offsets
  }
}

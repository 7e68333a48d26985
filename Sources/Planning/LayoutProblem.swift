internal import Graph

/// Blocks to be given addresses so that no two overlap in both time and space.
struct LayoutProblem {
  /// A buffer's claim on memory.
  struct Claim {
    let buffer: Int
    let sizeInBytes: Int
    /// Disjoint ascending ranges of steps.
    let intervals: [Range<Int>]

    /// The steps during which the claim holds.
    var duration: Int { intervals.reduce(0) { $0 + $1.count } }

    /// Whether both claims hold at some step.
    ///
    /// - Complexity: linear in the number of intervals.
    func overlapsInTime(_ other: Claim) -> Bool {
      var (a, b) = (0, 0)
      while a < intervals.count, b < other.intervals.count {
        if intervals[a].overlaps(other.intervals[b]) { return true }
        if intervals[a].upperBound <= other.intervals[b].upperBound { a += 1 } else { b += 1 }
      }
      return false
    }
  }

  /// Claims that share their first address: one buffer, or a result on the sums it is made from.
  struct Block {
    var claims: [Claim]

    /// The size of the largest claim.
    var sizeInBytes: Int { claims.map(\.sizeInBytes).max() ?? 0 }
    /// The sum of the claims' durations.
    var duration: Int { claims.reduce(0) { $0 + $1.duration } }
  }

  let blocks: [Block]
  let alignment: Int
  let bufferCount: Int

  init(_ draft: PlanDraft, alignment: Int) {
    self.alignment = alignment
    bufferCount = draft.buffers.count
    let intervals = Liveness(
      graph: draft.graph, buffers: draft.buffers, steps: draft.steps
    ).intervals
    var blocks = draft.buffers.indices.map { index in
      draft.buffers[index].memory != .arena
        ? Block(claims: [])
        : Block(claims: [
          Claim(
            buffer: index, sizeInBytes: draft.buffers[index].sizeInBytes,
            intervals: intervals[index])
        ])
    }
    // A result may lie on an operand that lies on another in turn.
    let onto = Dictionary(uniqueKeysWithValues: draft.aliases)
    for (buffer, operand) in draft.aliases {
      var base = operand
      while let next = onto[base] { base = next }
      // Each buffer starts with one claim, its own; a base is never a result itself.
      blocks[base].claims.append(blocks[buffer].claims[0])
    }
    for alias in draft.aliases { blocks[alias.buffer].claims = [] }
    self.blocks = blocks.filter { !$0.claims.isEmpty }
  }
}

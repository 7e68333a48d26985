/// For each buffer of a problem, the others that are live at some time when it is.
struct NeighbourTable {
  private let starts: [Int]
  /// The neighbours of buffer 0, then those of buffer 1, and so on.
  let others: [Int32]

  /// Finds the neighbours of all buffers that take room; `nil` if that are over `limit` pairs.
  ///
  /// A pair with several common times may be listed several times.
  ///
  /// - Complexity: O(n log n + p) for n lifespans and p pairs.
  init?(_ problem: LayoutProblem, limit: Int) {
    let lifespans = problem.lifespansByStart
    let pairCount = Self.pairCount(lifespans.map(\.lifespan))
    guard pairCount <= limit else { return nil }
    var active: [(end: Int, buffer: Int32)] = []
    var pairs: [(Int32, Int32)] = []
    pairs.reserveCapacity(pairCount)
    for (lifespan, buffer) in lifespans {
      active.removeAll { $0.end <= lifespan.lowerBound }
      for other in active { pairs.append((other.buffer, buffer)) }
      active.append((lifespan.upperBound, buffer))
    }

    var starts = [Int](repeating: 0, count: problem.buffers.count + 1)
    for (a, b) in pairs {
      starts[Int(a) + 1] += 1
      starts[Int(b) + 1] += 1
    }
    for buffer in problem.buffers.indices { starts[buffer + 1] += starts[buffer] }
    var next = starts
    others = [Int32](unsafeUninitializedCapacity: 2 * pairs.count) { others, count in
      for (a, b) in pairs {
        others[next[Int(a)]] = b
        next[Int(a)] += 1
        others[next[Int(b)]] = a
        next[Int(b)] += 1
      }
      count = 2 * pairs.count
    }
    self.starts = starts
  }

  /// How many pairs of lifespans overlap, if they ascend by their starts.
  private static func pairCount(_ lifespans: [Range<Int>]) -> Int {
    let ends = lifespans.map(\.upperBound).sorted()
    var (count, ended) = (0, 0)
    for (started, lifespan) in lifespans.enumerated() {
      while ends[ended] <= lifespan.lowerBound { ended += 1 }
      count += started - ended
    }
    return count
  }

  /// The neighbours of `buffer`.
  subscript(buffer: Int) -> ArraySlice<Int32> { others[starts[buffer]..<starts[buffer + 1]] }
}

extension LayoutProblem {
  /// The lifespans of all buffers that take room, by their start, then by their buffer.
  var lifespansByStart: [(lifespan: Range<Int>, buffer: Int32)] {
    var lifespans: [(lifespan: Range<Int>, buffer: Int32)] = []
    for (index, buffer) in buffers.enumerated() where buffer.takesRoom {
      lifespans += buffer.lifespans.map { ($0, Int32(index)) }
    }
    lifespans.sort { ($0.lifespan.lowerBound, $0.buffer) < ($1.lifespan.lowerBound, $1.buffer) }
    return lifespans
  }
}

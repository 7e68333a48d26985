/// Gives addresses one by one, each above all that was placed at the same times.
///
/// No hole is ever filled, but the cost does not depend on how many buffers are live at once.
struct Skyline {
  let problem: LayoutProblem
  private let times: [Int]

  init(_ problem: LayoutProblem) {
    self.problem = problem
    times = problem.lifespansByStart.map(\.lifespan.lowerBound)
  }

  /// The offset of each buffer if they are placed in `order`, fixed ones first.
  ///
  /// - Complexity: O(n log n) for n lifespans.
  func offsets(_ order: [Int]) -> [Int] {
    var offsets = problem.buffers.map { $0.fixedOffset ?? 0 }
    var heights = RangeMaxima(count: times.count)
    for isFixed in [true, false] {
      for buffer in order where (problem.buffers[buffer].fixedOffset != nil) == isFixed {
        let ranges = problem.buffers[buffer].lifespans.map(times.sortedRange)
        if !isFixed {
          offsets[buffer] = problem.aligned(ranges.map { heights[$0] }.max() ?? 0)
        }
        let top = offsets[buffer] + problem.buffers[buffer].sizeInBytes
        for range in ranges { heights.raise(range, to: top) }
      }
    }
    return offsets
  }
}

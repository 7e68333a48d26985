/// The labels of a whole network, in the order in which they are made into plans.
///
/// A bound may lie below what its layout reaches, so that more labels than the frontier's are worth a plan. Steps are
/// shared out between kinds of labels: none can use up what the others need.
struct Finalists {
  /// Labels that no other one beats, from both ends to the middle; those without more multiply-accumulates that
  /// are next to them; all others, the lowest peaks first.
  private var queues: [[SearchLabel]]
  /// Steps of the plans made from each queue.
  private var steps: [Int]
  private var next: [Int]

  /// Sorts `labels`, which ascend by multiply-accumulates; labels of the frontier differ by more than `leastDrop` bytes.
  init(_ labels: [SearchLabel], plainMACs: Int, leastDrop: Int) {
    let leastPeak = labels.map(\.peak).min() ?? 0
    var (frontier, plain, rest): ([SearchLabel], [SearchLabel], [SearchLabel]) = ([], [], [])
    var lowest = Int.max
    for label in labels {
      let isNoticed =
        label.peak < lowest
        && (lowest == .max || lowest - label.peak > leastDrop || label.peak == leastPeak)
      if isNoticed {
        frontier.append(label)
        lowest = label.peak
      } else if label.macs <= plainMACs {
        plain.append(label)
      } else {
        rest.append(label)
      }
    }
    func byPeak(_ a: SearchLabel, _ b: SearchLabel) -> Bool {
      (a.peak, a.macs, a.load) < (b.peak, b.macs, b.load)
    }
    queues = [Self.coarseFirst(frontier), plain.sorted(by: byPeak), rest.sorted(by: byPeak)]
    steps = queues.map { _ in 0 }
    next = queues.map { _ in 0 }
  }

  /// How many labels there are.
  var count: Int { queues.reduce(0) { $0 + $1.count } }

  /// How many were taken or passed over.
  var passed: Int { next.reduce(0, +) }

  /// The lowest peak of all.
  var leastPeak: Int? { queues.joined().map(\.peak).min() }

  /// Takes up to `count` labels that `isWorth` a plan from the queue whose plans had the fewest steps so far, and
  /// says which queue that is; `nil` at the end.
  mutating func take(
    _ count: Int, where isWorth: (SearchLabel) -> Bool
  ) -> (labels: [SearchLabel], queue: Int)? {
    let left = queues.indices.filter { next[$0] < queues[$0].count }
    guard let queue = left.min(by: { (steps[$0], $0) < (steps[$1], $1) }) else { return nil }
    var taken: [SearchLabel] = []
    while next[queue] < queues[queue].count, taken.count < count {
      let label = queues[queue][next[queue]]
      if isWorth(label) { taken.append(label) }
      next[queue] += 1
    }
    return (taken, queue)
  }

  /// Takes note of the steps of a plan made from a label of `queue`.
  mutating func spend(_ steps: Int, on queue: Int) { self.steps[queue] += steps }

  /// The steps of all plans so far.
  var spent: Int { steps.reduce(0, +) }

  /// The first, the last, the one in their middle, those in the middle of both halves, and so on.
  private static func coarseFirst(_ labels: [SearchLabel]) -> [SearchLabel] {
    guard labels.count > 2 else { return labels }
    var order = [0, labels.count - 1]
    var halves = [0..<labels.count - 1]
    var index = 0
    while index < halves.count {
      let half = halves[index]
      let middle = half.lowerBound + half.count / 2
      if middle > half.lowerBound {
        order.append(middle)
        halves += [half.lowerBound..<middle, middle..<half.upperBound]
      }
      index += 1
    }
    return order.map { labels[$0] }
  }
}

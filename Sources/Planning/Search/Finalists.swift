/// The labels of a whole network, in the order in which they are made into plans.
///
/// A bound may lie below what its layout reaches, so that more labels than the frontier's are worth a plan. Steps are
/// shared out between kinds of labels: none can use up what the others need.
struct Finalists {
  private let labels: [SearchLabel]
  /// Indices of labels: those that no other one beats, from both ends to the middle; then those without more
  /// multiply-accumulates, the lowest peaks first, of equal ones the plainest; the same, of equal ones those whose
  /// groups need least; and all others.
  private let queues: [[Int]]
  /// Steps of the plans made from each queue.
  private var steps: [Int]
  private var next: [Int]
  /// By label, whether a queue had it.
  private var isPassed: [Bool]

  /// Sorts `labels`, which ascend by multiply-accumulates; labels of the frontier differ by more than `leastDrop` bytes.
  init(_ labels: [SearchLabel], plainMACs: Int, leastDrop: Int) {
    self.labels = labels
    let leastPeak = labels.map(\.peak).min() ?? 0
    var (frontier, plain, rest): ([Int], [Int], [Int]) = ([], [], [])
    var lowest = Int.max
    for (index, label) in labels.enumerated() {
      let isNoticed =
        label.peak < lowest
        && (lowest == .max || lowest - label.peak > leastDrop || label.peak == leastPeak)
      if isNoticed {
        frontier.append(index)
        lowest = label.peak
      } else if label.macs <= plainMACs {
        plain.append(index)
      } else {
        rest.append(index)
      }
    }
    func sorted(_ indices: [Int], _ key: (SearchLabel) -> (Int, Int)) -> [Int] {
      indices.sorted {
        let (a, b) = (labels[$0], labels[$1])
        return (a.peak, a.macs, key(a).0, key(a).1, $0) < (b.peak, b.macs, key(b).0, key(b).1, $1)
      }
    }
    queues = [
      Self.coarseFirst(frontier), sorted(plain) { ($0.complexity, $0.load) },
      sorted(plain) { ($0.load, $0.complexity) }, sorted(rest) { ($0.load, $0.complexity) },
    ]
    steps = queues.map { _ in 0 }
    next = queues.map { _ in 0 }
    isPassed = labels.map { _ in false }
  }

  /// How many labels there are.
  var count: Int { labels.count }

  /// How many were taken or passed over.
  var passed: Int { isPassed.count { $0 } }

  /// The lowest peak of all.
  var leastPeak: Int? { labels.map(\.peak).min() }

  /// Takes up to `count` labels that `isWorth` a plan from the queue whose plans had the fewest steps so far, and
  /// says which queue that is; `nil` at the end.
  mutating func take(
    _ count: Int, where isWorth: (SearchLabel) -> Bool
  ) -> (labels: [SearchLabel], queue: Int)? {
    let left = queues.indices.filter { next[$0] < queues[$0].count }
    guard let queue = left.min(by: { (steps[$0], $0) < (steps[$1], $1) }) else { return nil }
    var taken: [SearchLabel] = []
    while next[queue] < queues[queue].count, taken.count < count {
      let index = queues[queue][next[queue]]
      next[queue] += 1
      if isPassed[index] { continue }
      isPassed[index] = true
      if isWorth(labels[index]) { taken.append(labels[index]) }
    }
    return (taken, queue)
  }

  /// Takes note of the steps of a plan made from a label of `queue`.
  mutating func spend(_ steps: Int, on queue: Int) { self.steps[queue] += steps }

  /// The steps of all plans so far.
  var spent: Int { steps.reduce(0, +) }

  /// The first, the last, the one in their middle, those in the middle of both halves, and so on.
  private static func coarseFirst(_ labels: [Int]) -> [Int] {
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

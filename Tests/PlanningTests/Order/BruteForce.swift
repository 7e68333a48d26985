import Planning

/// The least peak of a small problem, by trying every order.
///
/// It shares no code with the search: memory is computed from the definition, over bit masks.
struct BruteForce {
  let problem: OrderProblem
  private let readers: [Int]
  private let needed: [Int]

  init(_ problem: OrderProblem) {
    self.problem = problem
    readers = problem.values.indices.map { value in
      problem.steps.indices.filter { problem.steps[$0].inputs.contains(value) }
        .reduce(0) { $0 | 1 << $1 }
    }
    needed = problem.steps.map { step in
      (step.inputs.compactMap { problem.values[$0].producer } + step.after)
        .reduce(0) { $0 | 1 << $1 }
    }
  }

  /// The least peak over all orders, one after the other.
  var leastOverOrders: Int { leastFrom(0, peak: start) }

  /// The least peak, over all sets of done steps: the same, in less time.
  var leastOverSets: Int {
    var least: [Int: Int] = [0: start]
    for set in 0..<1 << problem.steps.count {
      guard let peak = least[set] else { continue }
      for step in ready(set) {
        let next = max(peak, memory(at: step, after: set))
        least[set | 1 << step] = min(least[set | 1 << step] ?? .max, next)
      }
    }
    return least[1 << problem.steps.count - 1] ?? .max
  }

  /// The bytes live before the first step.
  private var start: Int {
    problem.values.filter { $0.producer == nil }.reduce(0) { $0 + $1.sizeInBytes }
  }

  private func leastFrom(_ set: Int, peak: Int) -> Int {
    guard set != 1 << problem.steps.count - 1 else { return peak }
    return ready(set).reduce(.max) {
      min($0, leastFrom(set | 1 << $1, peak: max(peak, memory(at: $1, after: set))))
    }
  }

  private func ready(_ set: Int) -> [Int] {
    problem.steps.indices.filter { set >> $0 & 1 == 0 && needed[$0] & ~set == 0 }
  }

  private func memory(at step: Int, after set: Int) -> Int {
    let (before, after) = (set, set | 1 << step)
    var bytes = problem.steps[step].scratchInBytes
    for (index, value) in problem.values.enumerated() {
      let isMadeHere = value.producer == step
      let isMade = value.producer.map { before >> $0 & 1 == 1 } ?? true
      let isStillRead = readers[index] & ~before != 0
      if isMadeHere || (isMade && (isStillRead || value.isKept)) { bytes += value.sizeInBytes }
    }
    for result in problem.values.indices where problem.values[result].producer == step {
      let under = problem.steps[step].overlays.filter {
        $0.result == result && !problem.values[$0.operand].isKept
          && readers[$0.operand] & ~after == 0
      }
      let sizes = under.reduce(0) { $0 + problem.values[$1.operand].sizeInBytes }
      if let distance = under.map(\.distance).min() {
        bytes -= max(0, min(sizes, problem.values[result].sizeInBytes - distance))
      }
    }
    return bytes
  }
}

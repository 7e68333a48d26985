/// A problem prepared for search: who precedes whom, and what each step adds and frees.
///
/// What is live after a set of done steps depends on the set alone, whatever their order was.
struct OrderGraph: Sendable {
  let problem: OrderProblem
  /// Per step, those it reads from or comes after.
  let predecessors: [StepSet]
  /// Per step, those that read from it or come after it.
  let successors: [StepSet]
  /// Per step, all that come before it in every order.
  let ancestors: [StepSet]
  /// Per step, all that come after it in every order.
  let descendants: [StepSet]
  /// Per value, the steps that read it.
  let readers: [StepSet]
  /// Per step, the bytes it adds while it runs, where nothing is saved: results and scratch.
  let need: [Int]
  /// Per step, the bytes of its results that live on.
  let growth: [Int]
  /// The bytes live before the first step, without what nobody reads.
  let start: Int

  init(_ problem: OrderProblem) {
    self.problem = problem
    let count = problem.steps.count
    let none = StepSet(capacity: count)
    var predecessors = [StepSet](repeating: none, count: count)
    var successors = predecessors
    for step in 0..<count {
      for other in problem.predecessors(of: step) {
        predecessors[step].insert(other)
        successors[other].insert(step)
      }
    }
    self.predecessors = predecessors
    self.successors = successors
    ancestors = Self.closure(of: predecessors, reverse: successors)
    descendants = Self.closure(of: successors, reverse: predecessors)
    readers = problem.readers.map { steps in
      var set = none
      for step in steps { set.insert(step) }
      return set
    }
    func size(_ value: Int) -> Int { problem.values[value].sizeInBytes }
    need = problem.steps.indices.map { step in
      problem.results[step].reduce(problem.steps[step].scratchInBytes) { $0 + size($1) }
    }
    growth = problem.results.map { results in
      results.filter { problem.livesOn($0) }.reduce(0) { $0 + size($1) }
    }
    start = problem.values.indices.reduce(0) { sum, value in
      let isThere = problem.values[value].producer == nil && problem.livesOn(value)
      return isThere ? sum + size(value) : sum
    }
  }

  /// How many steps there are.
  var count: Int { need.count }

  /// Whether no step after `done` and other than `step` reads the value, and it is not kept.
  func isDead(_ value: Int, after done: StepSet, and step: Int) -> Bool {
    !problem.values[value].isKept && readers[value].isSubset(of: done, exceptFor: step)
  }

  /// The bytes that `step` adds to those live after `done`: while it runs, and when it is done.
  func change(after done: StepSet, by step: Int) -> (during: Int, after: Int) {
    var freed = 0
    for value in problem.steps[step].inputs where isDead(value, after: done, and: step) {
      freed += problem.values[value].sizeInBytes
    }
    let saved =
      freed == 0 ? 0 : problem.savedBytes(at: step) { isDead($0, after: done, and: step) }
    return (need[step] - saved, growth[step] - freed)
  }

  /// The bytes live after `done`.
  func live(after done: StepSet) -> Int {
    problem.values.indices.reduce(0) { sum, index in
      let value = problem.values[index]
      let isMade = value.producer.map { done.contains($0) } ?? true
      guard isMade, problem.livesOn(index), value.isKept || !readers[index].isSubset(of: done)
      else { return sum }
      return sum + value.sizeInBytes
    }
  }

  /// The sets that every order passes through: each of their steps precedes each step outside.
  ///
  /// Sorted by number of ancestors, the first `k` steps are such a set exactly if the step after
  /// them has `k` ancestors or more.
  var linearCuts: [StepSet] {
    let before = ancestors.map(\.count)
    let sorted = before.indices.sorted { (before[$0], $0) < (before[$1], $1) }
    var cuts: [StepSet] = []
    var done = StepSet(capacity: count)
    for (index, step) in sorted.enumerated() {
      if before[step] >= index { cuts.append(done) }
      done.insert(step)
    }
    return cuts + [done]
  }

  /// Per step, all that can be reached over `edges`, whose opposite is `reverse`.
  private static func closure(of edges: [StepSet], reverse: [StepSet]) -> [StepSet] {
    var reached = edges
    var waits = edges.map(\.count)
    var ready = edges.indices.filter { waits[$0] == 0 }
    while let step = ready.popLast() {
      for next in edges[step] { reached[step].formUnion(reached[next]) }
      for other in reverse[step] {
        waits[other] -= 1
        if waits[other] == 0 { ready.append(other) }
      }
    }
    return reached
  }
}

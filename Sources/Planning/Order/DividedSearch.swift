/// Splits a problem into parts that can be put in order one after the other.
///
/// Two kinds of sets of done steps split a problem without raising its least peak:
///
/// - a set that every order passes through;
/// - a set of least live bytes, where savings are even. Take any order; run the steps of the set
///   first, then the others, both in that order. By submodularity no more is live at any step than
///   before.
struct DividedSearch {
  /// Some steps of the whole problem, as a problem of its own.
  private struct Part {
    let problem: OrderProblem
    /// Which steps of the whole problem its steps are.
    let steps: [Int]
    /// Its steps in the order given.
    let given: [Int]
    /// Its steps in the best order known.
    var order: [Int]
  }

  private let limits: OrderSearch
  /// The peak to get under.
  private let ceiling: Int
  /// A peak that no order can go under.
  private(set) var bound: Int
  private var statesLeft: Int
  private var parts: [Part] = []

  /// Puts the steps of `problem` in order, given that no peak is below `bound` and that of `given`
  /// is `ceiling`.
  init(_ problem: OrderProblem, given: [Int], limits: OrderSearch, bound: Int, ceiling: Int) {
    self.limits = limits
    self.ceiling = ceiling
    self.bound = bound
    statesLeft = limits.stateLimit
    var open = [
      Part(problem: problem, steps: Array(problem.steps.indices), given: given, order: given)
    ]
    while !isHopeless, var part = open.popLast() {
      let graph = OrderGraph(part.problem)
      if let cuts = cuts(of: graph, given: part.given) {
        open += divide(part, at: cuts).reversed()
      } else {
        part.order = order(graph, given: part.given)
        parts.append(part)
      }
    }
  }

  /// Whether no order can get under the ceiling.
  private var isHopeless: Bool { bound >= ceiling }

  /// The order of the whole problem, part after part, each as given where that is no worse; `nil`
  /// where no order can get under the ceiling.
  var order: [Int]? {
    guard !isHopeless else { return nil }
    let peak = parts.reduce(bound) { max($0, $1.problem.peak(along: $1.order)) }
    return parts.flatMap { part in
      let isGood = part.problem.peak(along: part.given) <= peak
      return (isGood ? part.given : part.order).map { part.steps[$0] }
    }
  }

  /// Ascending sets to split a part at, from the empty one to that of all steps; `nil` where none
  /// lies between, or nothing is to be gained.
  private mutating func cuts(of graph: OrderGraph, given: [Int]) -> [StepSet]? {
    let linear = graph.linearCuts
    guard linear.count == 2 else { return linear }
    guard graph.problem.peak(along: given) > bound, graph.problem.savesEvenly else { return nil }
    let cut = LeastCut(graph, from: linear[0], to: linear[1])
    return [cut.smallest, cut.largest].first { !linear.contains($0) }.map {
      [linear[0], $0, linear[1]]
    }
  }

  private func divide(_ part: Part, at cuts: [StepSet]) -> [Part] {
    zip(cuts, cuts.dropFirst()).map { first, last in
      let (problem, steps) = part.problem.part(after: first, upTo: last)
      var position = [Int](repeating: -1, count: part.steps.count)
      for (index, step) in steps.enumerated() { position[step] = index }
      let given = part.given.map { position[$0] }.filter { $0 >= 0 }
      return Part(
        problem: problem, steps: steps.map { part.steps[$0] }, given: given, order: given)
    }
  }

  /// The best order of a part that is not split, the given one where that is as good; raises the
  /// bound.
  private mutating func order(_ graph: OrderGraph, given: [Int]) -> [Int] {
    let peak = graph.problem.peak(along: given)
    guard graph.count > 1 else {
      bound = max(bound, peak)
      return given
    }
    if peak > bound { raiseBoundByStepCuts(graph) }
    guard peak > bound, !isHopeless else { return given }
    let directions: [StateSearch.Direction] =
      graph.problem.savesEvenly ? [.forward, .backward] : [.forward]
    var searches = directions.map { StateSearch(graph, $0, ceiling: peak) }
    var limit = 1000
    while statesLeft > 0 {
      for index in searches.indices {
        let count = searches[index].stateCount
        let outcome = searches[index].run(bound: bound, limit: min(limit, statesLeft))
        statesLeft = max(0, statesLeft - searches[index].stateCount + count)
        bound = max(bound, searches[index].bound)
        switch outcome {
        case .found(let order): return order
        case .none:
          bound = max(bound, peak)
          return given
        case .interrupted: continue
        }
      }
      limit *= 2
    }
    return directions.reduce(given) { best, direction in
      let peak = graph.problem.peak(along: best)
      var search = StateSearch(graph, direction, ceiling: peak)
      return search.beam(bound: bound, width: limits.beamWidth) ?? best
    }
  }

  /// Raises the bound to what some step needs in any order.
  ///
  /// At a step at least as much is live as after the best set that holds all before it, and neither
  /// it nor what follows it.
  private mutating func raiseBoundByStepCuts(_ graph: OrderGraph) {
    for step in 0..<graph.count {
      var last = StepSet(all: graph.count).subtracting(graph.descendants[step])
      last.remove(step)
      let cut = LeastCut(graph, from: graph.ancestors[step], to: last)
      let saved = graph.problem.savedBytes(at: step) { _ in true }
      bound = max(bound, cut.liveBytes + graph.need[step] - saved)
    }
  }
}

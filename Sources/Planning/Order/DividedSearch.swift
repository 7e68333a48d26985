/// Splits a problem into pieces that can be put in order one after the other.
///
/// Two kinds of sets of done steps split a problem without raising its least peak:
///
/// - a set that every order passes through;
/// - a set of least live bytes, where savings are even. Take any order; run the steps of the set
///   first, then the others, both in that order. By submodularity no more is live at any step than
///   before.
struct DividedSearch {
  private let limits: OrderSearch
  /// The peak to get under.
  private let ceiling: Int
  /// A peak that no order can go under.
  private(set) var bound: Int
  private var statesLeft: Int
  private var pieces: [Piece] = []

  /// A part of the problem that is in order.
  private struct Piece {
    let problem: OrderProblem
    /// Which steps of the whole problem its steps are.
    let steps: [Int]
    let given: [Int]
    let order: [Int]
  }

  init(limits: OrderSearch, bound: Int, ceiling: Int) {
    self.limits = limits
    self.bound = bound
    self.ceiling = ceiling
    statesLeft = limits.stateLimit
  }

  /// Whether no order can get under the ceiling.
  var isHopeless: Bool { bound >= ceiling }

  /// The order of the whole problem: piece after piece, as given where that is no worse.
  var order: [Int] {
    let peak = pieces.reduce(bound) { max($0, $1.problem.peak(along: $1.order)) }
    return pieces.flatMap { piece in
      let isGood = piece.problem.peak(along: piece.given) <= peak
      return (isGood ? piece.given : piece.order).map { piece.steps[$0] }
    }
  }

  /// Splits `problem`, whose steps are `steps` of the whole problem, and puts the pieces in order.
  mutating func solve(_ problem: OrderProblem, steps: [Int], given: [Int]) {
    guard !isHopeless else { return }
    let graph = OrderGraph(problem)
    let cuts = graph.linearCuts
    if cuts.count > 2 {
      solveParts(of: problem, cuts, steps, given)
      return
    }
    let peak = problem.peak(along: given)
    if peak > bound, problem.savesEvenly {
      let ends = (first: cuts[0], last: cuts[1])
      let cut = LeastCut(graph, from: ends.first, to: ends.last)
      bound = max(bound, cut.liveBytes)
      for set in [cut.smallest, cut.largest] where set != ends.first && set != ends.last {
        solveParts(of: problem, [ends.first, set, ends.last], steps, given)
        return
      }
    }
    let order = peak > bound ? order(graph, given: given, peak: peak) : given
    pieces.append(Piece(problem: problem, steps: steps, given: given, order: order))
  }

  private mutating func solveParts(
    of problem: OrderProblem, _ cuts: [StepSet], _ steps: [Int], _ given: [Int]
  ) {
    for (first, last) in zip(cuts, cuts.dropFirst()) {
      let part = problem.part(after: first, upTo: last)
      var position = [Int](repeating: -1, count: steps.count)
      for (index, step) in part.steps.enumerated() { position[step] = index }
      solve(
        part.problem, steps: part.steps.map { steps[$0] },
        given: given.map { position[$0] }.filter { $0 >= 0 })
    }
  }

  /// The best order of a piece that cannot be split; raises the bound.
  private mutating func order(_ graph: OrderGraph, given: [Int], peak: Int) -> [Int] {
    if graph.count == 1 {
      bound = max(bound, peak)
      return given
    }
    raiseBoundByStepCuts(graph)
    guard peak > bound, !isHopeless else { return given }
    var searches = directions(graph).map { StateSearch(graph, $0, ceiling: peak) }
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
    return directions(graph).reduce(given) { best, direction in
      let peak = graph.problem.peak(along: best)
      var search = StateSearch(graph, direction, ceiling: peak)
      return search.beam(bound: bound, width: limits.beamWidth) ?? best
    }
  }

  private func directions(_ graph: OrderGraph) -> [StateSearch.Direction] {
    graph.problem.savesEvenly ? [.forward, .backward] : [.forward]
  }

  /// At a step at least as much is live as after the best set that holds neither it nor what follows.
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

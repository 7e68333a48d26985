/// A search over sets of done steps, those of least peak first.
///
/// Forward it starts from the empty set and runs steps; backward it starts from all steps and takes
/// the last one back. Sets of equal peak are tried deepest first. No order has a peak below
/// `bound`, so whatever stays within it costs nothing; this is what three rules use. They rest on
/// one fact: the live bytes are submodular in the set of done steps (the more is done, the less
/// does a step add: its results cost the same, and more of its operands die there).
///
/// - *Run rule.* From set `d`, a run of steps, each needing the one before, that stays within
///   `bound` and ends with no more live than after `d`, while each set on its way has more: it may
///   be done at once. Moved to the front of any completion, it leaves no more live at any later
///   step, and no operand dies later there than before.
/// - *Known end rule.* The same where the run itself leaves `bound`, but its end was reached within
///   `bound` in another way: `d` need not be looked at.
/// - *Root rule.* The same for any set reached from the root within `bound`, if no set between has
///   less live, which a smallest cut decides. All other sets found so far are dropped.
///
/// Backward they hold for problems whose savings are even (`OrderProblem.savesEvenly`).
struct StateSearch {
  /// Which end the search starts from.
  enum Direction {
    case forward
    case backward
  }

  /// How a search ended.
  enum Outcome {
    /// An order whose peak is `bound` or less.
    case found([Int])
    /// There is no order whose peak is below the ceiling.
    case none
    /// The limit of states is reached; no order has a peak below `bound`.
    case interrupted
  }

  /// A set of done steps and the best way found to it.
  private struct State {
    var done: StepSet
    var live: Int
    var peak: Int
    /// How many steps away from the start it is.
    var depth: Int
    /// The state before the last step of the way, and that step.
    var last: (state: Int, step: Int)?
    /// Whether nothing else starts here: a run passes through, or there is a better way to the set.
    var isClosed = false
  }

  private let graph: OrderGraph
  private let direction: Direction
  /// Only peaks below it are of interest.
  private let ceiling: Int
  /// A peak that no order can go under.
  private(set) var bound = 0
  private var states: [State] = []
  private var known: [StepSet: Int] = [:]
  private var queue = PriorityQueue<Rank>()
  private var root = 0
  private var usesRootRule = true

  /// A search for orders of peak below `ceiling`.
  init(_ graph: OrderGraph, _ direction: Direction, ceiling: Int) {
    self.graph = graph
    self.direction = direction
    self.ceiling = ceiling
    let done =
      switch direction {
      case .forward: StepSet(capacity: graph.count)
      case .backward: StepSet(all: graph.count)
      }
    let live = graph.live(after: done)
    add(State(done: done, live: live, peak: live, depth: 0))
  }

  /// How many sets the search has looked at.
  var stateCount: Int { states.count }

  /// Searches until an order is found, none is left, or `limit` more states are noted.
  ///
  /// An interrupted search goes on when it is called again.
  ///
  /// - Parameters:
  ///   - known: A peak that no order can go under.
  ///   - limit: How many states to note.
  /// - Returns: How the search ended.
  mutating func run(bound known: Int, limit: Int) -> Outcome {
    raise(to: known)
    let last = states.count + limit
    while let rank = queue.popLeast() {
      guard !states[rank.index].isClosed else { continue }
      bound = max(bound, rank.peak)
      guard rank.depth < graph.count else { return .found(order(to: rank.index)) }
      guard states.count < last else {
        queue.push(rank)
        return .interrupted
      }
      if rank.index != root, usesRootRule, rank.live <= states[root].live {
        settle(on: rank.index)
      } else {
        expand(rank.index)
      }
    }
    return .none
  }

  /// The best order of a search that keeps the `width` best sets of each number of steps.
  ///
  /// - Returns: `nil` where it meets none below the ceiling.
  mutating func beam(bound known: Int, width: Int) -> [Int]? {
    raise(to: known)
    var layers = [[Int]](repeating: [], count: graph.count + 1)
    layers[0] = Array(states.indices)
    for depth in 0..<graph.count {
      let open = layers[depth].filter { !states[$0].isClosed }
      let best = open.sorted {
        (states[$0].peak, states[$0].live, $0) < (states[$1].peak, states[$1].live, $1)
      }
      for index in best.prefix(width) {
        let first = states.count
        expand(index)
        for new in first..<states.count where !states[new].isClosed {
          layers[states[new].depth].append(new)
        }
      }
    }
    return layers[graph.count].min { states[$0].peak < states[$1].peak }.map { order(to: $0) }
  }

  /// Makes all peaks up to `known` equal.
  private mutating func raise(to known: Int) {
    guard known > bound else { return }
    bound = known
    queue = PriorityQueue(
      queue.elements.map {
        Rank(peak: max(known, $0.peak), depth: $0.depth, live: $0.live, index: $0.index)
      })
  }

  /// Adds the states one move away: a single one where the run rule applies.
  private mutating func expand(_ index: Int) {
    let start = states[index]
    let budget = max(bound, start.peak)
    let single = readySteps(in: start.done).map { following(start, index, by: $0) }
    if let free = single.first(where: { $0.peak <= budget && $0.live <= start.live }) {
      return add(free)
    }
    for state in single {
      let run = fallingRun(from: start, through: state)
      guard let end = run.last else { continue }
      if end.peak <= budget {
        for var state in run.dropLast() {
          state.isClosed = true
          states.append(state)
        }
        return add(end)
      }
      if let other = known[end.done], states[other].peak <= budget { return }
    }
    for state in single { add(state) }
  }

  /// A run through `state`, one move after `start`, to where no more is live than at `start`; empty
  /// where it comes to no such end.
  private func fallingRun(from start: State, through state: State) -> [State] {
    var run = [state]
    var end = state
    while end.live > start.live {
      guard let last = end.last?.step else { return [] }
      let near = direction == .forward ? graph.successors[last] : graph.predecessors[last]
      guard let next = near.first(where: { isReady($0, in: end.done) }) else { return [] }
      end = following(end, states.count + run.count - 1, by: next)
      run.append(end)
    }
    return run
  }

  private func readySteps(in done: StepSet) -> [Int] {
    (0..<graph.count).filter { isReady($0, in: done) }
  }

  /// Whether `step` can be run after `done`, or taken back as its last step.
  private func isReady(_ step: Int, in done: StepSet) -> Bool {
    switch direction {
    case .forward: !done.contains(step) && graph.predecessors[step].isSubset(of: done)
    case .backward: done.contains(step) && graph.successors[step].isDisjoint(with: done)
    }
  }

  /// The state that `step` leads to from `state`, whose place is `index`.
  private func following(_ state: State, _ index: Int, by step: Int) -> State {
    var next = state
    let during: Int
    switch direction {
    case .forward:
      let change = graph.change(after: state.done, by: step)
      next.done.insert(step)
      next.live += change.after
      during = state.live + change.during
    case .backward:
      next.done.remove(step)
      let change = graph.change(after: next.done, by: step)
      next.live -= change.after
      during = next.live + change.during
    }
    next.peak = max(bound, state.peak, during, next.live)
    next.depth += 1
    next.last = (index, step)
    return next
  }

  /// Makes `index`, or the set of least live bytes on the way to it, the new root.
  private mutating func settle(on index: Int) {
    let (from, to) = (states[root], states[index])
    let cut =
      direction == .forward
      ? LeastCut(graph, from: from.done, to: to.done)
      : LeastCut(graph, from: to.done, to: from.done)
    var settled = to
    if cut.liveBytes < to.live {
      let least = direction == .forward ? cut.largest : cut.smallest
      settled = from
      var place = root
      for step in way(from: root, to: index) where least.contains(step) == (direction == .forward) {
        settled = following(settled, place, by: step)
        place = states.count
        states.append(settled)
      }
    }
    guard settled.peak <= bound else {
      usesRootRule = false
      return expand(index)
    }
    known = [:]
    queue = PriorityQueue()
    root = states.count
    add(settled)
  }

  /// Notes a state below the ceiling, unless there is as good a way to its set.
  private mutating func add(_ state: State) {
    guard state.peak < ceiling else { return }
    if let other = known[state.done] {
      guard state.peak < states[other].peak else { return }
      states[other].isClosed = true
    }
    known[state.done] = states.count
    queue.push(
      Rank(peak: state.peak, depth: state.depth, live: state.live, index: states.count))
    states.append(state)
  }

  /// The order that leads through a state at the far end.
  private func order(to index: Int) -> [Int] {
    let steps = way(from: 0, to: index)
    return direction == .forward ? steps : steps.reversed()
  }

  /// The steps run (or taken back) between two states.
  private func way(from start: Int, to index: Int) -> [Int] {
    var steps: [Int] = []
    var index = index
    while index != start, let last = states[index].last {
      steps.append(last.step)
      index = last.state
    }
    return steps.reversed()
  }

  /// What is tried first: the least peak, then the deepest, then the least live, then the oldest.
  private struct Rank: Comparable {
    let peak: Int
    let depth: Int
    let live: Int
    let index: Int

    static func < (left: Rank, right: Rank) -> Bool {
      (left.peak, right.depth, left.live, left.index)
        < (right.peak, left.depth, right.live, right.index)
    }
  }
}

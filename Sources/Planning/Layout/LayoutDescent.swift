/// The best layout of a problem so far, and the bound so far; the two approach each other.
struct LayoutDescent {
  let problem: LayoutProblem
  private(set) var lowerBound: Int
  private(set) var peak = Int.max
  private var offsets: [Int] = []
  private let neighbours: NeighbourTable?
  private var search: PackingSearch?

  /// The pairs of neighbours, above which buffers are only stacked.
  private static let maximumPairs = 1 << 24

  init(_ problem: LayoutProblem) {
    precondition(problem.fault == nil, "the problem has no fault")
    self.problem = problem
    lowerBound = problem.lowerBound.bytes
    neighbours = NeighbourTable(problem, limit: Self.maximumPairs)
  }

  /// The best layout so far.
  var layout: Layout {
    Layout(
      offsets: offsets, peakInBytes: peak, lowerBound: lowerBound,
      searchedNodes: search?.nodes ?? 0)
  }

  /// Places the buffers in some orders, until the peak is at most `target`.
  mutating func placeGreedily(until target: Int) {
    let stack = neighbours == nil ? Skyline(problem) : nil
    let firstFit = neighbours.map { FirstFit(problem, neighbours: $0) }
    for key in Self.greedyKeys(problem) {
      let order = problem.buffers.indices.filter { problem.buffers[$0].takesRoom }
        .sorted { (key[$1], $0) < (key[$0], $1) }
      keep(firstFit?.offsets(order) ?? stack?.offsets(order) ?? [])
      if peak <= target { return }
    }
  }

  /// Looks for a layout below `capacity`, with at most `nodeLimit` nodes.
  mutating func search(capacity: Int, nodeLimit: Int) {
    guard nodeLimit > 0, let model = prepareSearch() else { return }
    attempt(capacity, nodeLimit: model.scaled(nodeLimit))
  }

  /// Looks for the least peak: first at the bound, then halving what is left open.
  mutating func searchLeast(nodeLimit: Int) {
    guard lowerBound < peak, nodeLimit > 0, let model = prepareSearch() else { return }
    let limit = model.scaled(nodeLimit)
    var capacity = lowerBound
    var lowest = lowerBound
    while lowest < peak, let nodes = search?.nodes, nodes < limit {
      switch attempt(capacity, nodeLimit: (limit - nodes + 1) / 2) {
      case .fits: break
      case .doesNotFit: lowest = lowerBound
      case .nodeLimit: lowest = model.capacity(after: capacity)
      }
      capacity = lowest + (peak - 1 - lowest) / 2
    }
  }

  @discardableResult
  private mutating func attempt(_ capacity: Int, nodeLimit: Int) -> PackingSearch.Outcome {
    guard var search else { return .nodeLimit }
    self.search = nil
    let outcome = search.fit(capacity: capacity, nodeLimit: nodeLimit)
    if outcome == .fits { keep(search.offsets) }
    if outcome == .doesNotFit { lowerBound = min(peak, search.model.capacity(after: capacity)) }
    self.search = search
    return outcome
  }

  /// The model of the search, which is made when it is first asked for; `nil` where there is none.
  private mutating func prepareSearch() -> PackingModel? {
    if search == nil, let neighbours {
      search = PackingModel(problem, neighbours: neighbours).map(PackingSearch.init)
    }
    return search?.model
  }

  /// Keeps a layout if it is the best so far.
  private mutating func keep(_ offsets: [Int]) {
    let peak = problem.buffers.indices.reduce(0) { peak, index in
      let buffer = problem.buffers[index]
      return buffer.takesRoom ? max(peak, offsets[index] + buffer.sizeInBytes) : peak
    }
    guard peak < self.peak else { return }
    self.peak = peak
    self.offsets = offsets
  }

  /// What the greedy orders descend by: sizes, areas and lifetimes.
  private static func greedyKeys(_ problem: LayoutProblem) -> [[Double]] {
    let sizes = problem.buffers.map { Double($0.sizeInBytes) }
    let lifetimes = problem.buffers.map { $0.lifespans.reduce(0) { $0 + Double($1.count) } }
    return [sizes, zip(sizes, lifetimes).map { $0 * $1 }, lifetimes]
  }
}

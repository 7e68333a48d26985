/// The best layout of a problem so far, and the bound so far; the two approach each other.
struct LayoutDescent {
  let problem: LayoutProblem
  private(set) var lowerBound: Int
  private(set) var peak = Int.max
  private var offsets: [Int] = []
  private let firstFit: FirstFit?
  private var search: PackingSearch?
  /// The greedy orders, each with its peak.
  private var greedyOrders: [(peak: Int, order: [Int])] = []
  /// The search for an order, where some buffer has extents.
  private var orderDescent: OrderDescent?

  /// The pairs of neighbours, above which buffers are only stacked.
  private static let maximumPairs = 1 << 24

  init(_ problem: LayoutProblem) {
    precondition(problem.fault == nil, "the problem has no fault")
    self.problem = problem
    lowerBound = problem.lowerBound.bytes
    firstFit = NeighbourTable(problem, limit: Self.maximumPairs).map {
      FirstFit(problem, neighbours: $0)
    }
  }

  /// The best layout so far.
  var layout: Layout {
    Layout(
      offsets: offsets, peakInBytes: peak, lowerBound: lowerBound,
      searchedNodes: (search?.nodes ?? 0) + (orderDescent?.nodes ?? 0))
  }

  /// Places the buffers in some orders, until the peak is at most `target`.
  mutating func placeGreedily(until target: Int) {
    let stack = firstFit == nil ? Skyline(problem) : nil
    for greedyOrder in GreedyOrder.orders(for: problem) {
      let order = greedyOrder.buffers(of: problem)
      let peak = keep(firstFit?.offsets(order) ?? stack?.offsets(order) ?? [])
      greedyOrders.append((peak, order))
      if self.peak <= target { return }
    }
  }

  /// Looks for a layout below `capacity`, with at most `nodeLimit` nodes.
  mutating func search(capacity: Int, nodeLimit: Int) {
    guard nodeLimit > 0 else { return }
    searchOrders(until: capacity, nodeLimit: nodeLimit) { descent, nodeLimit in
      if let model = descent.prepareSearch() {
        descent.attempt(capacity, nodeLimit: model.scaled(nodeLimit))
      }
      return descent.lowerBound <= capacity ? capacity : Int.max
    }
  }

  /// Looks for the least peak.
  mutating func searchLeast(nodeLimit: Int) {
    guard lowerBound < peak, nodeLimit > 0 else { return }
    searchOrders(until: lowerBound, nodeLimit: nodeLimit) { descent, nodeLimit in
      descent.searchExactly(nodeLimit: nodeLimit)
      return descent.lowerBound
    }
  }

  /// Looks for an order as well if some buffer has extents: for a short while before the exact
  /// search, which gets half of the rest, and after it, until the target that this returns.
  private mutating func searchOrders(
    until target: Int, nodeLimit: Int, around exactSearch: (inout Self, Int) -> Int
  ) {
    let starts = greedyOrders.sorted { $0.peak < $1.peak }.map(\.order)
    guard problem.hasExtents, let firstFit, let orders = OrderDescent(firstFit, starts) else {
      _ = exactSearch(&self, nodeLimit)
      return
    }
    lower(orders, until: target, nodeLimit: min(nodeLimit, orders.shortRun))
    let rest = nodeLimit - (orderDescent?.nodes ?? 0)
    guard target < peak, rest > 1 else { return }
    let newTarget = exactSearch(&self, rest / 2)
    guard newTarget < peak, let orders = orderDescent else { return }
    lower(orders, until: newTarget, nodeLimit: rest - rest / 2)
  }

  private mutating func lower(_ orders: OrderDescent, until target: Int, nodeLimit: Int) {
    var orders = orders
    orderDescent = nil
    orders.lower(until: target, nodeLimit: nodeLimit)
    if orders.peak < peak { keep(orders.offsets) }
    orderDescent = orders
  }

  /// Looks for the least peak exactly: first at the bound, then halving what is left open.
  private mutating func searchExactly(nodeLimit: Int) {
    guard let model = prepareSearch() else { return }
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
    if search == nil { search = firstFit.flatMap(PackingModel.init).map(PackingSearch.init) }
    return search?.model
  }

  /// Keeps a layout if it is the best so far; its peak.
  @discardableResult
  private mutating func keep(_ offsets: [Int]) -> Int {
    let peak = problem.buffers.indices.reduce(0) { peak, index in
      let buffer = problem.buffers[index]
      return buffer.takesRoom ? max(peak, offsets[index] + buffer.sizeInBytes) : peak
    }
    if peak < self.peak {
      self.peak = peak
      self.offsets = offsets
    }
    return peak
  }
}

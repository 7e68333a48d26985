/// Finds the order of least peak.
///
/// The problem is split where that costs nothing, each part is searched exactly, and a part whose
/// search reaches its limit gets the best order of a beam search. All choices are by index, all
/// limits are counts: the same problem has the same order, always.
public struct OrderSearch: Hashable, Sendable {
  /// How many sets of done steps the exact searches may look at, all together.
  public var stateLimit: Int
  /// How many sets of each size the beam search keeps.
  public var beamWidth: Int
  /// The number of steps up to which a problem is searched at all; past it the given order stays.
  public var stepLimit: Int

  /// A search within limits.
  public init(stateLimit: Int = 200_000, beamWidth: Int = 64, stepLimit: Int = 1000) {
    self.stateLimit = stateLimit
    self.beamWidth = beamWidth
    self.stepLimit = stepLimit
  }

  /// The order of least peak that the limits allow; `given` itself where none is better.
  ///
  /// - Throws: where `given` is no order of the problem.
  public func least(
    _ problem: OrderProblem, given: [Int]
  ) throws(OrderProblemError) -> Order {
    try problem.check(given)
    let peak = problem.peak(along: given)
    let bound = problem.needOfEachStep
    guard bound < peak, problem.steps.count <= stepLimit else {
      return Order(steps: given, peakInBytes: peak, lowerBound: bound)
    }
    let search = DividedSearch(problem, given: given, limits: self, bound: bound, ceiling: peak)
    guard let order = search.order, problem.peak(along: order) < peak else {
      return Order(steps: given, peakInBytes: peak, lowerBound: min(peak, search.bound))
    }
    return Order(
      steps: order, peakInBytes: problem.peak(along: order), lowerBound: search.bound)
  }
}

extension OrderProblem {
  /// The most that one step needs by itself, or that is live before the first or after the last.
  fileprivate var needOfEachStep: Int {
    func size(_ values: some Sequence<Int>) -> Int {
      values.reduce(0) { $0 + self.values[$1].sizeInBytes }
    }
    let ends = max(
      size(values.indices.filter { values[$0].producer == nil }),
      size(values.indices.filter { values[$0].isKept }))
    return steps.indices.reduce(ends) { bound, step in
      let live = size(steps[step].inputs) + size(results[step]) + steps[step].scratchInBytes
      return max(bound, live - savedBytes(at: step) { _ in true })
    }
  }
}

/// Finds layouts with a low peak, and proves how low a peak can be.
///
/// First fit in a few orders comes first; where it does not reach the lower bound, an exact search
/// follows, and where buffers have extents, more orders are tried before and after it. A problem
/// gets the same layout every time.
public struct LayoutSolver: Hashable, Sendable {
  /// How many times the exact search may place a buffer, or another order be tried, in all; with 0,
  /// there is no search.
  ///
  /// That is in a problem of some hundred buffers; larger ones are searched so much less as a node costs more
  /// there.
  public let nodeLimit: Int

  /// A solver that gives up after `nodeLimit` nodes, by default after some seconds.
  public init(nodeLimit: Int = 500_000) {
    // More is never reached, and would only overflow.
    self.nodeLimit = min(nodeLimit, 1 << 50)
  }

  /// The layout with the lowest peak that is found.
  ///
  /// - Precondition: the problem has no fault.
  public func least(_ problem: LayoutProblem) -> Layout {
    var descent = LayoutDescent(problem)
    descent.placeGreedily(until: descent.lowerBound)
    descent.searchLeast(nodeLimit: nodeLimit)
    return descent.layout
  }

  /// Whether a layout has a peak of at most `capacity` bytes.
  ///
  /// - Precondition: the problem has no fault.
  public func fit(_ problem: LayoutProblem, capacity: Int) -> LayoutFit {
    var descent = LayoutDescent(problem)
    descent.placeGreedily(until: capacity)
    if descent.lowerBound <= capacity, capacity < descent.peak {
      descent.search(capacity: capacity, nodeLimit: nodeLimit)
    }
    let layout = descent.layout
    if layout.peakInBytes <= capacity { return .fits(layout) }
    return capacity < layout.lowerBound ? .doesNotFit(layout) : .unknown(layout)
  }
}

import Graph
import Ops
import Planning
import Reporting

/// A search for tilings that shows how far it is, with what is reported of it.
struct TilingExploration {
  let frontier: Frontier
  /// How long it took.
  let duration: Duration
  private let graph: Graph
  private let search: FrontierSearch

  /// Searches.
  init(_ graph: Graph, profile: Profile, options: SearchOptions) {
    self.graph = graph
    let start = ContinuousClock.now
    search = FrontierSearch(graph, profile: profile, options: options) {
      ProgressLine.show($0.phase.rawValue, $0.done, of: $0.total)
    }
    frontier = search.frontier()
    duration = ContinuousClock.now - start
    ProgressLine.clear()
  }

  /// How far it went.
  var work: SearchWork {
    SearchWork(
      groups: frontier.work.groups, plans: frontier.work.plans,
      isExhaustive: frontier.isExhaustive, estimatedLeastPeak: frontier.estimatedLeastPeak)
  }

  /// How a plan, which was to fit in `budget` bytes or to need the fewest, runs each operator, and why.
  func notes(on plan: SearchedPlan, budget: Int? = nil) throws -> [OperatorNote] {
    try OperatorExplanations(graph, plan, budget: budget).notes(by: search)
  }
}

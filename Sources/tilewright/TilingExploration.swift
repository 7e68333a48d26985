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

  /// How a plan runs each operator: in which group, or whole and why.
  func notes(on plan: SearchedPlan) -> [OperatorNote] {
    search.explain(plan.tiling, peakInBytes: plan.plan.peakInBytes).map { explanation in
      let op = explanation.op
      let group = plan.tiling.groups.first { $0.ops.contains(op) }
      return OperatorNote(
        op: op, name: graph.nodes[op].operatorName,
        text: group?.summary ?? "runs whole: \(explanation.reason ?? "")")
    }
  }
}

import Graph
import Planning
import Reporting

/// How a plan that a search found runs each operator, and why.
struct OperatorExplanations {
  private let graph: Graph
  private let found: SearchedPlan
  /// The bytes that the plan was to fit in; `nil` where it was to need the fewest.
  private let budget: Int?
  /// By step, the bytes that are in use.
  private let inUse: [Int]

  init(_ graph: Graph, _ found: SearchedPlan, budget: Int?) throws {
    self.graph = graph
    self.found = found
    self.budget = budget
    inUse = MemoryProfile(try PlanBinding(found.plan, to: graph)).liveBytes
  }

  /// A note on every operator.
  func notes(by search: FrontierSearch) -> [OperatorNote] {
    search.explain(found.tiling).enumerated().map { op, explanation in
      OperatorNote(op: op, name: graph.nodes[op].operatorName, text: text(op, explanation))
    }
  }

  private func text(_ op: Int, _ explanation: FrontierSearch.Explanation?) -> String {
    switch explanation {
    case nil: found.tiling.groups.first { $0.ops.contains(op) }?.summary ?? "runs whole"
    case .refused(let rule): "runs whole: \(rule)"
    case .tooManyMACs(let group, let added):
      "runs whole: every group with it adds more MACs than may be added; "
        + "\(group.brief) adds least, \(added.grouped)"
    case .weighed(let group, let bytes):
      "runs whole: \(reason(op, estimate: bytes)); of groups with it "
        + "\(group.brief) needs least, an estimated \(bytes.grouped)"
    }
  }

  /// Why an operator runs whole although groups can hold it, the least of them with `estimate` bytes.
  private func reason(_ op: Int, estimate: Int) -> String {
    let step = found.plan.steps.firstIndex { $0.op == op }
    let bytes = step.map { inUse[$0] } ?? 0
    let use = "\(bytes.grouped) bytes are in use meanwhile"
    if budget != nil { return use + ", which fits" }
    if estimate >= bytes { return use + ", and no group lowers that" }
    return bytes < found.plan.peakInBytes
      ? use + ", and the peak is elsewhere"
      : use + ", the peak, and no plan that was found with a group of it needs less"
  }
}

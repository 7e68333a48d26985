public import Graph
public import Ops
internal import Tensor

/// Finds a plan with one group of a kind, whether it pays or not: a specimen to try checkers on.
public struct SingleGroupSearch: Sendable {
  private let graph: Graph
  private let profile: Profile
  private let enumeration: GroupEnumeration
  private let kind: SearchMode

  /// The most operators in the group.
  private static let longestGroup = 8

  /// Prepares a search for a group of `kind`.
  public init(_ graph: Graph, profile: Profile, kind: SearchMode) {
    self.graph = graph
    self.profile = profile
    self.kind = kind
    enumeration = GroupEnumeration(graph, SearchOptions(modes: [kind]))
  }

  /// The plan of the group that needs the fewest bytes; `nil` if there is none.
  ///
  /// Groups of channels that end in partial sums come before others.
  public func best() -> Frontier.Point? {
    let whole = graph.nodes.indices.map { op in
      WholeCost.cost(op, enumeration.table, pairs: []).room
        + enumeration.table.roomBeside(op..<op + 1)
    }
    var candidates: [(group: FusedGroup, room: Int, macs: Int)] = []
    for low in graph.nodes.indices {
      for high in low + 1..<min(low + Self.longestGroup, graph.nodes.count) + 1 {
        let beside = enumeration.table.roomBeside(low..<high)
        let others = (whole[..<low] + whole[high...]).max() ?? 0
        for candidate in enumeration.candidates(low..<high) {
          guard let group = candidate.group, high > low + 1, !isLineOfColumns(group) else {
            continue
          }
          let room = max(candidate.cost.room + beside, others)
          candidates.append((group, room, candidate.cost.macs))
        }
      }
    }
    let order = candidates.indices.sorted {
      (candidates[$0].room, candidates[$0].macs, $0)
        < (candidates[$1].room, candidates[$1].macs, $1)
    }
    let groups = order.map { candidates[$0].group }
    let plans = groups.lazy.compactMap { self.plan($0) }
    if kind == .fdt,
      let summing = plans.first(where: { $0.plan.steps.contains { $0.phase == .add } })
    {
      return summing
    }
    return plans.first
  }

  /// Whether rows are cut into columns, which leaves rings of fewer bytes than a specimen should have.
  private func isLineOfColumns(_ group: FusedGroup) -> Bool {
    group.mode == .line && (group.cuts.width ?? group.cuts.height) != nil
  }

  private func plan(_ group: FusedGroup) -> Frontier.Point? {
    let tiling = Tiling(modelHash: graph.modelHash, groups: [group])
    guard
      let plan = try? TilingLowering.plan(tiling, for: graph, profile: profile),
      let binding = try? PlanBinding(plan, to: graph), binding.keepsOrderOfFloatSums
    else { return nil }
    return Frontier.Point(
      tiling: tiling, plan: plan, macs: plan.steps.reduce(0) { $0 + binding.macs(of: $1) })
  }
}

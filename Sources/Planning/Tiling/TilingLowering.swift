public import Graph
public import Ops

/// Turns tilings into plans: steps in order, buffers laid out.
public enum TilingLowering {
  /// The plan that runs every operator whole.
  public static func untiled(
    _ graph: Graph, profile: Profile, options: PlanningOptions = PlanningOptions()
  ) -> Plan {
    var draft = PlanDraft(graph, options: options)
    for op in OperatorOrder(graph).ordered(options).joined() {
      draft.addWholeStep(of: op)
    }
    return draft.plan(profile: profile)
  }

  /// The plan of a tiling: its groups tile by tile, all other operators whole.
  ///
  /// - Throws: the first fault of the tiling.
  public static func plan(
    _ tiling: Tiling, for graph: Graph, profile: Profile,
    options: PlanningOptions = PlanningOptions()
  ) throws(TilingError) -> Plan {
    guard tiling.modelHash == graph.modelHash else {
      throw .otherModel(expected: graph.modelHash, found: tiling.modelHash)
    }
    var groupOf: [Int: CheckedGroup] = [:]
    var grouped: Set<Int> = []
    var groups: [CheckedGroup] = []
    for (index, group) in tiling.groups.enumerated() {
      let checked = try CheckedGroup(group, index: index, graph: graph)
      groups.append(checked)
      groupOf[checked.exitOp] = checked
      for op in group.ops where !grouped.insert(op).inserted {
        throw .sharedOperator(group: index, op: op)
      }
    }
    var draft = PlanDraft(graph, options: options)
    var sized: [(ops: [Int], scratchInBytes: Int)] = []
    for group in groups {
      let scratch = options.order == .file ? 0 : try group.scratchInBytes(options)
      sized.append((group.group.ops, scratch))
    }
    let order = OperatorOrder(graph, groups: sized)
    if let ops = order.circular {
      let group = tiling.groups.firstIndex { $0.ops == ops } ?? 0
      throw .circular(group: group, ops: ops)
    }
    for unit in order.ordered(options) {
      guard let last = unit.last else { continue }
      if let group = groupOf[last] {
        try group.lower(into: &draft)
      } else {
        draft.addWholeStep(of: last)
      }
    }
    return draft.plan(profile: profile)
  }
}

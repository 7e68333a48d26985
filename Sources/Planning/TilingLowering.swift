public import Graph
public import Ops

/// Turns tilings into plans: steps in order, buffers laid out.
public enum TilingLowering {
  /// The plan that runs every operator whole, in the order of the file.
  public static func untiled(
    _ graph: Graph, profile: Profile, alignment: Int = 16, inPlace: InPlacePolicy = .allowed
  ) -> Plan {
    var draft = PlanDraft(graph)
    for op in graph.nodes.indices { draft.addWholeStep(of: op) }
    return draft.plan(profile: profile, alignment: alignment, inPlace: inPlace)
  }

  /// The plan of a tiling: its groups tile by tile, all other operators whole.
  ///
  /// - Throws: the first fault of the tiling.
  public static func plan(
    _ tiling: Tiling, for graph: Graph, profile: Profile, alignment: Int = 16,
    inPlace: InPlacePolicy = .allowed
  ) throws(TilingError) -> Plan {
    guard tiling.modelHash == graph.modelHash else {
      throw .otherModel(expected: graph.modelHash, found: tiling.modelHash)
    }
    var groupOf: [Int: Int] = [:]
    var checked: [CheckedGroup] = []
    for (index, group) in tiling.groups.enumerated() {
      checked.append(try CheckedGroup(group, index: index, graph: graph))
      for op in group.ops {
        guard groupOf[op] == nil else { throw .sharedOperator(group: index, op: op) }
        groupOf[op] = index
      }
    }
    var draft = PlanDraft(graph)
    for op in graph.nodes.indices {
      guard let index = groupOf[op] else {
        draft.addWholeStep(of: op)
        continue
      }
      // The group runs where its last operator stands: all that it reads has been made by then.
      guard op == tiling.groups[index].ops.last else { continue }
      try checked[index].lower(into: &draft)
    }
    return draft.plan(profile: profile, alignment: alignment, inPlace: inPlace)
  }
}

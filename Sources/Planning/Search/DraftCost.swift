internal import Graph
internal import Ops
internal import Tensor

/// What a group costs, from the steps that it is lowered to.
enum DraftCost {
  /// Lowers a group by itself and follows its buffers; the room is a bound that its layout may not reach.
  ///
  /// - Throws: what makes it impossible to lower the group.
  /// - Complexity: linear in the pixels that its steps read and write.
  static func cost(
    _ group: FusedGroup, _ table: SearchTable, _ options: PlanningOptions
  ) throws(TilingError) -> GroupCost {
    let graph = table.graph
    var draft = PlanDraft(graph, options: options)
    try CheckedGroup(group, index: 0, graph: graph).lower(into: &draft)
    let ops = (group.ops.first ?? 0)..<(group.ops.last ?? 0) + 1
    let touched = Set(ops.flatMap { graph.nodes[$0].tensors })
    func parts(_ tensors: Set<Int>, readFrom op: Int) -> [Int: Region] {
      tensors.reduce(into: [:]) { parts, tensor in
        let value = table.values[tensor]
        var region = graph.whole(tensor)
        if value.bandAxis < region.ranges.count {
          region[value.bandAxis] = value.rows(readFrom: op)
        }
        parts[tensor] = region
      }
    }
    let given = touched.filter { table.values[$0].producer < ops.lowerBound }
    let kept = touched.filter { table.values[$0].lastReader >= ops.upperBound }
    let layout = PlanLayout(
      graph, buffers: draft.buffers, steps: draft.steps, alignment: table.alignment,
      inPlace: options.inPlace, given: parts(given, readFrom: ops.lowerBound),
      kept: parts(kept, readFrom: ops.upperBound))
    return GroupCost(room: layout.problem.lowerBound.bytes, macs: macs(of: draft))
  }

  private static func macs(of draft: PlanDraft) -> Int {
    draft.steps.reduce(0) { sum, step in
      let node = draft.graph.nodes[step.op]
      guard step.phase != .finish, let tile = step.destinations.first?.region,
        let summed = node.summedInput
      else { return sum }
      return sum
        + node.operation.macs(
          node.signature, node.accesses[0], output: 0, over: tile,
          reduce: step.reduce ?? draft.graph.whole(summed))
    }
  }
}

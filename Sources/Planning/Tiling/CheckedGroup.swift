internal import Graph
internal import Ops
internal import Tensor

/// A fused group whose operators form one connected whole that one tensor leaves.
struct CheckedGroup {
  let graph: Graph
  let group: FusedGroup
  /// The group's place in the tiling, for messages.
  let index: Int
  /// The operator whose result leaves the group.
  let exitOp: Int
  /// The tensor that leaves the group.
  let exit: Int
  /// The tensors that live inside the group alone.
  let internals: Set<Int>

  init(_ group: FusedGroup, index: Int, graph: Graph) throws(TilingError) {
    guard let last = group.ops.last, zip(group.ops, group.ops.dropFirst()).allSatisfy({ $0 < $1 }),
      group.ops.allSatisfy(graph.nodes.indices.contains), let exit = graph.nodes[last].outputs.first
    else { throw .badOperators(group: index, ops: group.ops, count: graph.nodes.count) }
    guard graph.nodes[last].outputs.count == 1 else {
      throw .severalResults(
        group: index, op: last, operatorName: graph.nodes[last].operatorName)
    }
    let members = Set(group.ops)
    let consumers = graph.consumers
    for op in group.ops {
      for tensor in graph.nodes[op].outputs where tensor != exit {
        guard consumers[tensor].allSatisfy(members.contains), !graph.outputs.contains(tensor) else {
          throw .escapes(group: index, tensor: graph.tensors[tensor].shortName)
        }
      }
    }
    self.graph = graph
    self.group = group
    self.index = index
    exitOp = last
    self.exit = exit
    internals = Set(group.ops.flatMap { graph.nodes[$0].outputs }).subtracting([exit])
    if let key = group.keyOfOtherMode {
      throw .keyOfOtherMode(group: index, key: key, mode: group.mode)
    }
    if group.step < 1 { throw .badStep(group: index, found: group.step) }
  }

  func lower(into draft: inout PlanDraft) throws(TilingError) {
    switch group.mode {
    case .recompute: try RecomputeLowering(self).lower(into: &draft)
    case .line: try LineLowering(self).lower(into: &draft)
    case .channels:
      try ChannelLowering(self).lower(
        tile: graph.whole(exit), into: draft.wholeBuffer(of: exit), &draft)
    }
  }

  /// The boundaries of tiles along `axis` of a tensor, checked; the whole axis without cuts.
  func tiles(
    _ cuts: [Int]?, axis: Int, name: String, of tensor: Int
  ) throws(TilingError) -> [Range<Int>] {
    let shape = graph.tensors[tensor].type.shape
    let producer = group.ops.first { graph.nodes[$0].outputs.contains(tensor) } ?? exitOp
    guard let cuts else { return axis < shape.rank ? [0..<shape[axis]] : [] }
    let node = graph.nodes[producer]
    guard axis < shape.rank,
      node.accesses[node.outputs.firstIndex(of: tensor) ?? 0].mayCut(axis)
    else {
      throw .cannotCut(
        group: index, op: producer, operatorName: node.operatorName, axis: name)
    }
    guard cuts.first == 0, cuts.last == shape[axis], zip(cuts, cuts.dropFirst()).allSatisfy(<)
    else { throw .badCuts(group: index, axis: name, extent: shape[axis], found: cuts) }
    return zip(cuts, cuts.dropFirst()).map { $0..<$1 }
  }

  /// The part of operand `operand` of `op` that a tile of an output reads; `nil` where that is nothing,
  /// as where a tile sees padding alone, or other operands of a concatenation.
  func need(of operand: Int, op: Int, for tile: Region, output: Int = 0) -> Region? {
    let bounds = graph.nodes[op].accesses[output].bounds(of: operand, for: tile)
    return bounds.isEmpty ? nil : bounds
  }

  /// The buffer of each operand of `node`: where `buffers` says, the whole tensor for what comes from
  /// outside the group, none for what the tile has no need of.
  func inputs(
    of node: GraphNode, in buffers: [Int: Int], _ draft: inout PlanDraft
  ) -> [Int?] {
    node.inputs.indices.map { operand in
      guard let tensor = draft.activation(operand, of: node) else { return nil }
      if let buffer = buffers[tensor] { return buffer }
      return internals.contains(tensor) ? nil : draft.wholeBuffer(of: tensor)
    }
  }
}

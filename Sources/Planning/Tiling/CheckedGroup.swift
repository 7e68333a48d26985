internal import Graph
internal import Ops
internal import Tensor

/// A fused group that one tensor leaves, its last operator's; or, line-buffered, several.
struct CheckedGroup {
  let graph: Graph
  let group: FusedGroup
  /// The group's place in the tiling, for messages.
  let index: Int
  /// The operator whose result leaves the group.
  let exitOp: Int
  /// The tensor that leaves the group, made by its last operator.
  let exit: Int
  /// All tensors that leave the group, in the order of the operators that make them; `exit` is the last.
  let exits: [Int]
  /// The tensors that live inside the group alone.
  let internals: Set<Int>
  /// The tensors that live inside the group around this one: none is held as a whole.
  private let outerInternals: Set<Int>
  /// By tensor that the group makes, the operator.
  let producers: [Int: Int]

  /// Checks a group; `outer` are the tensors that live inside the group around it, of which a tile holds what it needs.
  init(
    _ group: FusedGroup, index: Int, graph: Graph, inside outer: Set<Int> = []
  ) throws(TilingError) {
    guard let last = group.ops.last, zip(group.ops, group.ops.dropFirst()).allSatisfy({ $0 < $1 }),
      group.ops.allSatisfy(graph.nodes.indices.contains), let exit = graph.nodes[last].outputs.first
    else { throw .badOperators(group: index, ops: group.ops, count: graph.nodes.count) }
    guard graph.nodes[last].outputs.count == 1 else {
      throw .severalResults(
        group: index, op: last, operatorName: graph.nodes[last].operatorName)
    }
    let members = Set(group.ops)
    let consumers = graph.consumers
    var exits: [Int] = []
    var producers: [Int: Int] = [:]
    for op in group.ops {
      for tensor in graph.nodes[op].outputs {
        producers[tensor] = op
        let isInside =
          consumers[tensor].allSatisfy(members.contains) && !graph.outputs.contains(tensor)
          && graph.variableOf[tensor] == nil
        if tensor == exit || !isInside { exits.append(tensor) }
      }
    }
    if let escaping = exits.first, escaping != exit, group.mode != .line {
      throw .escapes(group: index, tensor: graph.tensors[escaping].shortName)
    }
    self.graph = graph
    self.group = group
    self.index = index
    exitOp = last
    self.exit = exit
    self.exits = exits
    self.producers = producers
    internals = Set(producers.keys).subtracting(exits)
    outerInternals = outer
    if let key = group.keyOfOtherMode {
      throw .keyOfOtherMode(group: index, key: key, mode: group.mode)
    }
    guard zip(group.early, group.early.dropFirst()).allSatisfy(<),
      Set(group.early).isSubset(of: members.subtracting([last]))
    else { throw .badEarly(group: index, found: group.early) }
    for op in group.ops {
      let node = graph.nodes[op]
      guard node.tensors.allSatisfy({ graph.tensors[$0].type.shape.count > 0 }) else {
        throw .emptyTensor(group: index, op: op, operatorName: node.operatorName)
      }
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

  /// Makes `tile` of what leaves the group in the buffer `target`; other operands from outside the group lie in
  /// the buffers `operands`, by tensor, or whole.
  func lower(
    tile: Region, into target: Int, operands: [Int: Int], _ draft: inout PlanDraft
  ) throws(TilingError) {
    switch group.mode {
    case .recompute: preconditionFailure("spatial tiles are not nested")
    case .line:
      try LineLowering(self, operands: operands).lower(tile: tile, into: target, &draft)
    case .channels:
      try ChannelLowering(self, operands: operands).lower(tile: tile, into: target, &draft)
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
      let isHeldInParts = internals.contains(tensor) || outerInternals.contains(tensor)
      return isHeldInParts ? nil : draft.wholeBuffer(of: tensor)
    }
  }
}

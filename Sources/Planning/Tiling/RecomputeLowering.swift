internal import Graph
internal import Ops
internal import Tensor

/// Lowers a group of spatial tiles that are each computed from scratch.
struct RecomputeLowering {
  private let checked: CheckedGroup
  private var graph: Graph { checked.graph }

  init(_ checked: CheckedGroup) { self.checked = checked }

  func lower(into draft: inout PlanDraft) throws(TilingError) {
    let cuts = checked.group.cuts
    let heights = try checked.tiles(cuts.height, axis: 1, name: "height", of: checked.exit)
    let widths = try checked.tiles(cuts.width, axis: 2, name: "width", of: checked.exit)
    let inner = try nested()
    let target = draft.wholeBuffer(of: checked.exit)
    for height in heights.isEmpty ? [0..<1] : heights {
      for width in widths.isEmpty ? [0..<1] : widths {
        var tile = graph.whole(checked.exit)
        if !heights.isEmpty { tile[1] = height }
        if !widths.isEmpty { tile[2] = width }
        try lower(tile: tile, into: target, inner, &draft)
      }
    }
  }

  /// The group inside each tile, checked.
  private func nested() throws(TilingError) -> CheckedGroup? {
    guard let inner = checked.group.inner.first else { return nil }
    guard inner.mode != .recompute else {
      throw .badNesting(group: checked.index, reason: .insideItself)
    }
    guard inner.cuts.height == nil, inner.cuts.width == nil else {
      throw .badNesting(group: checked.index, reason: .cutTwice)
    }
    guard Set(inner.ops).isSubset(of: checked.group.ops) else {
      throw .badNesting(group: checked.index, reason: .notContained)
    }
    let group = try CheckedGroup(
      inner, index: checked.index, graph: graph, inside: checked.internals)
    guard group.exits.count == 1 else {
      throw .escapes(group: checked.index, tensor: graph.tensors[group.exits[0]].shortName)
    }
    return group
  }

  /// Computes one tile: first what each operator must make, backwards, then the steps, forwards.
  private func lower(
    tile: Region, into target: Int, _ inner: CheckedGroup?, _ draft: inout PlanDraft
  ) throws(TilingError) {
    let needs = checked.needs(for: [checked.exit: tile])
    var buffers: [Int: Int] = [:]
    for op in checked.group.ops {
      let node = graph.nodes[op]
      if let inner, inner.group.ops.contains(op) {
        guard op == inner.exitOp, let region = needs[inner.exit] else { continue }
        let buffer =
          inner.exit == checked.exit ? target : draft.addBuffer(of: inner.exit, "tile", region)
        buffers[inner.exit] = buffer
        try inner.lower(tile: region, into: buffer, operands: buffers, &draft)
        continue
      }
      var outputs: [PlanStep.Destination] = []
      for tensor in node.outputs {
        guard let region = needs[tensor] else { continue }
        let buffer = tensor == checked.exit ? target : draft.addBuffer(of: tensor, "tile", region)
        buffers[tensor] = buffer
        outputs.append(PlanStep.Destination(buffer: buffer, region: region))
      }
      // What nobody needs is not made.
      if outputs.isEmpty { continue }
      let inputs = checked.inputs(of: node, in: buffers, &draft)
      draft.addStep(PlanStep(op: op, inputs: inputs, outputs: outputs))
    }
  }
}

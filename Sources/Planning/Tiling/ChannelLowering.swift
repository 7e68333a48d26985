internal import Graph
internal import Ops
internal import Tensor

/// Lowers a group of channel slices: a first operator makes some channels, channelwise operators
/// follow, and a fan-in operator, if there is one, adds what the slice contributes to its sums.
struct ChannelLowering {
  private let checked: CheckedGroup
  /// Where operands from outside the group lie, if not whole.
  private let operands: [Int: Int]
  private var graph: Graph { checked.graph }

  /// Prepares a group whose outer operands lie in the buffers `operands`, by tensor, or whole.
  init(_ checked: CheckedGroup, operands: [Int: Int] = [:]) {
    self.checked = checked
    self.operands = operands
  }

  /// The tensors of the group that are made slice by slice, and how.
  private struct Slicing {
    /// By tensor, the axis that is sliced and how many of its coordinates one channel makes.
    var axes: [Int: (axis: Int, factor: Int)] = [:]
    /// The axis of what the last operator sums that it takes slice by slice.
    var reducedAxis: Int?

    /// States how a tensor is sliced; its operands have to agree.
    mutating func set(
      _ slicing: (axis: Int, factor: Int), of tensor: Int, else error: TilingError
    ) throws(TilingError) {
      if let other = axes[tensor], other != slicing { throw error }
      axes[tensor] = slicing
    }

    /// The coordinates of `tensor` that a slice of the first operator's channels makes.
    func range(of tensor: Int, channels: Range<Int>) -> (axis: Int, range: Range<Int>)? {
      axes[tensor].map { axis, factor in
        (axis, channels.lowerBound * factor..<channels.upperBound * factor)
      }
    }
  }

  /// Computes `tile` of the group's result into the buffer `target`.
  func lower(tile: Region, into target: Int, _ draft: inout PlanDraft) throws(TilingError) {
    let first = checked.group.ops[0]
    let start = graph.nodes[first].outputs[0]
    guard graph.tensors[start].type.shape.rank > 0 else { throw mixesChannels(first) }
    let slices = try checked.tiles(
      checked.group.cuts.channels, axis: graph.tensors[start].type.shape.rank - 1,
      name: "channels", of: start)
    let slicing = try slicing()
    var sums: PlanStep.Destination?
    if slicing.reducedAxis != nil {
      sums = PlanStep.Destination(
        buffer: draft.addBuffer(
          of: checked.exit, "sums", tile, sums: graph.nodes[checked.exitOp].sumElement),
        region: tile)
    }
    let buffers = lowerUnsliced(tile, slicing, slices, &draft)
    for (position, slice) in slices.enumerated() {
      lower(
        slice, tile, slicing, buffers, sums, phase: position == 0 ? .start : .add, target, &draft)
    }
    guard let sums else { return }
    let node = graph.nodes[checked.exitOp]
    draft.addStep(
      PlanStep(
        op: checked.exitOp, phase: .finish, inputs: node.inputs.map { _ in nil },
        outputs: [PlanStep.Destination(buffer: target, region: tile)], sums: sums))
  }

  /// Follows the channels of the first operator's result through the group.
  private func slicing() throws(TilingError) -> Slicing {
    var slicing = Slicing()
    let first = graph.nodes[checked.group.ops[0]].outputs[0]
    slicing.axes[first] = (graph.tensors[first].type.shape.rank - 1, 1)
    for op in checked.group.ops where graph.nodes[op].outputs.count > 1 {
      throw mixesChannels(op)
    }
    for op in checked.group.ops.dropFirst() {
      let node = graph.nodes[op]
      for (operand, input) in node.inputs.enumerated() {
        guard let input, let sliced = slicing.axes[input] else { continue }
        let output = node.outputs[0]
        switch node.accesses[0].operands[operand][sliced.axis] {
        case .window(let axis, 1, 1, _, 0) where isCovered(output, axis, by: input, sliced.axis, 1):
          try slicing.set((axis, sliced.factor), of: output, else: mixesChannels(op))
        case .scaled(let axis, let factor, 1)
        where isCovered(output, axis, by: input, sliced.axis, factor):
          try slicing.set((axis, sliced.factor * factor), of: output, else: mixesChannels(op))
        case .reduced
        where operand == node.summedOperand && op == checked.exitOp && node.sumElement != nil:
          slicing.reducedAxis = sliced.axis
        case .window, .transposed, .scaled, .mapped, .reduced, .fixed, .whole:
          throw mixesChannels(op)
        }
      }
    }
    return slicing
  }

  /// Whether the coordinates of `input` make all those of `output`, which a concatenation's or a pad's
  /// do not.
  private func isCovered(
    _ output: Int, _ axis: Int, by input: Int, _ inputAxis: Int, _ factor: Int
  ) -> Bool {
    graph.tensors[output].type.shape[axis] == graph.tensors[input].type.shape[inputAxis] * factor
  }

  private func mixesChannels(_ op: Int) -> TilingError {
    .mixesChannels(
      group: checked.index, op: op, operatorName: graph.nodes[op].operatorName)
  }

  /// The steps of one slice.
  private func lower(
    _ slice: Range<Int>, _ tile: Region, _ slicing: Slicing, _ buffers: [Int: Int],
    _ sums: PlanStep.Destination?, phase: PlanStep.Phase, _ target: Int, _ draft: inout PlanDraft
  ) {
    let needs = needs(of: slice, tile, slicing)
    var buffers = buffers
    for op in checked.group.ops where op == checked.exitOp || isSliced(op, slicing) {
      let node = graph.nodes[op]
      let inputs = checked.inputs(of: node, in: buffers, &draft)
      if op == checked.exitOp, let sums, let axis = slicing.reducedAxis,
        let input = node.summedInput
      {
        var reduce = graph.whole(input)
        if let (_, range) = slicing.range(of: input, channels: slice) { reduce[axis] = range }
        draft.addStep(PlanStep(op: op, phase: phase, inputs: inputs, reduce: reduce, sums: sums))
        continue
      }
      // A tile that is itself cut along the channels may hold none of this slice.
      guard var region = needs[node.outputs[0]], !region.isEmpty else { continue }
      if op == checked.exitOp,
        let (axis, range) = slicing.range(of: checked.exit, channels: slice)
      {
        region[axis] = range.clamped(to: region[axis])
        if region.isEmpty { continue }
      }
      let buffer =
        op == checked.exitOp ? target : draft.addBuffer(of: node.outputs[0], "slice", region)
      buffers[node.outputs[0]] = buffer
      draft.addStep(
        PlanStep(
          op: op, inputs: inputs, outputs: [PlanStep.Destination(buffer: buffer, region: region)]))
    }
  }

  private func isSliced(_ op: Int, _ slicing: Slicing) -> Bool {
    slicing.axes[graph.nodes[op].outputs[0]] != nil
  }

  /// Makes what all slices share, once, and returns where it and the outer operands lie.
  private func lowerUnsliced(
    _ tile: Region, _ slicing: Slicing, _ slices: [Range<Int>], _ draft: inout PlanDraft
  ) -> [Int: Int] {
    var buffers = operands
    var needs: [Int: Region] = [:]
    for slice in slices {
      needs.merge(self.needs(of: slice, tile, slicing)) { $0.union($1) }
    }
    for op in checked.group.ops where op != checked.exitOp && !isSliced(op, slicing) {
      let node = graph.nodes[op]
      guard let region = needs[node.outputs[0]], !region.isEmpty else { continue }
      let inputs = checked.inputs(of: node, in: buffers, &draft)
      let buffer = draft.addBuffer(of: node.outputs[0], "shared", region)
      buffers[node.outputs[0]] = buffer
      draft.addStep(
        PlanStep(
          op: op, inputs: inputs, outputs: [PlanStep.Destination(buffer: buffer, region: region)]))
    }
    return buffers
  }

  /// What a slice needs of each tensor inside the group.
  private func needs(of slice: Range<Int>, _ tile: Region, _ slicing: Slicing) -> [Int: Region] {
    var needs: [Int: Region] = [checked.exit: tile]
    for op in checked.group.ops.reversed() {
      let node = graph.nodes[op]
      guard let region = needs[node.outputs[0]], !region.isEmpty else { continue }
      for (operand, input) in node.inputs.enumerated() {
        guard let input, checked.internals.contains(input) else { continue }
        guard var need = checked.need(of: operand, op: op, for: region) else { continue }
        need = needs[input]?.union(need) ?? need
        if let (axis, range) = slicing.range(of: input, channels: slice) {
          need[axis] = range.clamped(to: need[axis])
        }
        needs[input] = need
      }
    }
    return needs
  }
}

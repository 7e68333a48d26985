internal import Graph
internal import Ops
internal import Tensor

/// Where the results of steps may lie on what the same steps read.
struct InPlacePairs {
  /// A result and what it may lie on.
  struct Pair {
    let result: Int
    let operand: Int
    /// The bytes by which the result has to start before the operand; `nil` where both start at one address.
    let distance: Int?
  }

  let graph: Graph
  let buffers: [PlanBuffer]
  let policy: InPlacePolicy

  /// By operator, the pairs of tensors where it runs whole.
  static func ofOperators(in graph: Graph, policy: InPlacePolicy) -> [[Pair]] {
    var draft = PlanDraft(graph)
    for op in graph.nodes.indices { draft.addWholeStep(of: op) }
    let rules = InPlacePairs(graph: graph, buffers: draft.buffers, policy: policy)
    return draft.steps.map { step in
      rules.pairs(of: step).map { pair in
        Pair(
          result: draft.buffers[pair.result].tensor, operand: draft.buffers[pair.operand].tensor,
          distance: pair.distance)
      }
    }
  }

  /// The pairs of buffers of one step; whether the operand is read later is another matter.
  func pairs(of step: PlanStep) -> [Pair] {
    switch step.phase {
    case .start, .add: []
    case .finish: finishPairs(of: step)
    case .whole: step.outputs.flatMap { pairs(of: step, $0) }
    }
  }

  /// `finish` reads each sum right before it writes the result of the same coordinates.
  private func finishPairs(of step: PlanStep) -> [Pair] {
    guard let sums = step.sums, buffers[sums.buffer].rings.isEmpty else { return [] }
    return step.outputs.compactMap { destination in
      let (from, to) = (buffers[sums.buffer], buffers[destination.buffer])
      guard to.rings.isEmpty, to.memory == .arena else { return nil }
      // Both addresses are sums over axes; so is their largest difference.
      let distance = sums.region.ranges.indices.reduce(0) { sum, axis in
        let step =
          to.axes[axis].stride * to.element.sizeInBytes
          - from.axes[axis].stride * from.element.sizeInBytes
        let range = sums.region[axis]
        let start =
          to.axes[axis].offset(range.lowerBound) * to.element.sizeInBytes
          - from.axes[axis].offset(range.lowerBound) * from.element.sizeInBytes
        return sum + start + max(0, step * (range.count - 1))
      }
      return Pair(result: destination.buffer, operand: sums.buffer, distance: max(0, distance))
    }
  }

  private func pairs(of step: PlanStep, _ destination: PlanStep.Destination) -> [Pair] {
    let node = graph.nodes[step.op]
    let result = buffers[destination.buffer]
    guard result.memory == .arena, !wraps(destination.region, in: result) else { return [] }
    let operands = step.inputs.indices.filter { step.inputs[$0] != nil }
    return Set(operands.compactMap { step.inputs[$0] }).sorted().compactMap { buffer in
      // A tensor may be several operands; the result has to spare each.
      let own = operands.filter { node.inputs[$0] == buffers[buffer].tensor }
      let pairs = own.map { pair($0, buffer, destination, node) }
      guard let first = pairs.first, pairs.allSatisfy({ $0 != nil }) else { return nil }
      let distances = pairs.map { $0?.distance }
      if distances.allSatisfy({ $0 == nil }) { return first }
      guard distances.allSatisfy({ $0 != nil }) else { return nil }
      return Pair(
        result: destination.buffer, operand: buffer,
        distance: distances.compactMap { $0 }.max())
    }
  }

  private func pair(
    _ operand: Int, _ buffer: Int, _ destination: PlanStep.Destination, _ node: GraphNode
  ) -> Pair? {
    let (from, to) = (buffers[buffer], buffers[destination.buffer])
    guard from.memory == .arena, let output = node.outputs.firstIndex(of: to.tensor)
    else { return nil }
    switch policy.rule(of: node, operand: operand, output: output) {
    case .never: return nil
    case .sameAddress:
      return haveSamePlaces(from, to) && destination.region == to.region
        ? Pair(result: destination.buffer, operand: buffer, distance: nil) : nil
    case .inOrder:
      let reads = LastReads(node.accesses[output], operand: operand, tile: destination.region)
      guard
        let distance = reads.distance(
          operand: from.axes, width: from.element.sizeInBytes, result: to.axes,
          width: to.element.sizeInBytes)
      else { return nil }
      return Pair(result: destination.buffer, operand: buffer, distance: max(0, distance))
    }
  }

  /// Whether a region goes past the end of a ring, so that its addresses do not ascend with its elements.
  private func wraps(_ region: Region, in buffer: PlanBuffer) -> Bool {
    buffer.rings.contains { axis, capacity in
      region[axis].lowerBound % capacity + region[axis].count > capacity
    }
  }

  /// Whether elements of one row-major index in their tensors lie at one offset in both buffers.
  private func haveSamePlaces(_ from: PlanBuffer, _ to: PlanBuffer) -> Bool {
    guard from.element.sizeInBytes == to.element.sizeInBytes, from.rings.isEmpty, to.rings.isEmpty
    else { return false }
    let areWhole =
      from.region == graph.whole(from.tensor) && to.region == graph.whole(to.tensor)
    return areWhole
      || (from.region == to.region && graph.whole(from.tensor) == graph.whole(to.tensor))
  }
}

internal import Ops
internal import Tensor

/// Finds what is wrong with the steps of a plan: indices, phases and regions, not what they compute.
struct StepFaults {
  let graph: Graph
  let plan: Plan

  func collect(_ index: Int, into faults: inout [PlanFault]) {
    let step = plan.steps[index]
    guard graph.nodes.indices.contains(step.op) else {
      faults.append(.noSuchOperator(step: index, op: step.op))
      return
    }
    let node = graph.nodes[step.op]
    guard step.inputs.count == node.inputs.count else {
      faults.append(
        .badOperandCount(step: index, expected: node.inputs.count, found: step.inputs.count))
      return
    }
    let destinations = step.destinations
    let buffers = step.inputs.compactMap { $0 } + destinations.map(\.buffer)
    for buffer in buffers where !plan.buffers.indices.contains(buffer) {
      faults.append(.noSuchBuffer(step: index, index: buffer))
      return
    }
    // Faulty tensors are reported with their buffers.
    guard buffers.allSatisfy({ graph.tensors.indices.contains(plan.buffers[$0].tensor) }) else {
      return
    }
    if step.phase != .whole && node.sumElement == nil {
      faults.append(.badPhase(step: index, phase: step.phase, operatorName: node.operatorName))
      return
    }
    collectOperands(index, step, node, into: &faults)
    collectResults(index, step, node, into: &faults)
    collectReduce(index, step, node, into: &faults)
  }

  private func collectOperands(
    _ index: Int, _ step: PlanStep, _ node: GraphNode, into faults: inout [PlanFault]
  ) {
    for (operand, buffer) in step.inputs.enumerated() {
      let isRead = step.phase != .finish && node.isActivation(operand)
      switch (isRead, buffer) {
      case (false, nil): break
      case (false, let buffer?):
        faults.append(
          .badOperand(
            step: index, operand: operand, expected: "null", found: plan.buffers[buffer].name))
      case (true, nil) where readsNothing(of: operand, step, node): break
      case (true, nil):
        faults.append(
          .badOperand(step: index, operand: operand, expected: "a buffer", found: "null"))
      case (true, let buffer?):
        let found = plan.buffers[buffer]
        guard let tensor = node.inputs[operand], found.tensor != tensor else {
          if found.element != graph.tensors[found.tensor].type.element {
            faults.append(
              .badOperand(
                step: index, operand: operand, expected: "elements",
                found: "sums in \(found.name)"))
          }
          break
        }
        faults.append(
          .badOperand(
            step: index, operand: operand,
            expected: "a buffer of tensor \(tensor)",
            found: "\(found.name) of tensor \(found.tensor)"))
      }
    }
  }

  /// Whether no tile of a step reads any element of an operand.
  private func readsNothing(of operand: Int, _ step: PlanStep, _ node: GraphNode) -> Bool {
    step.destinations.allSatisfy { destination in
      let tensor = plan.buffers[destination.buffer].tensor
      guard let output = node.outputs.firstIndex(of: tensor),
        destination.region.rank == graph.whole(tensor).rank, !destination.region.isEmpty
      else { return false }
      let rank = node.accesses[output].operands[node.summedOperand].count
      guard step.reduce.map({ $0.rank == rank }) ?? true else { return false }
      return node.accesses[output].coordinates(
        of: operand, for: destination.region, reduce: step.reduce
      ).contains { $0.isEmpty }
    }
  }

  private func collectResults(
    _ index: Int, _ step: PlanStep, _ node: GraphNode, into faults: inout [PlanFault]
  ) {
    let writesElements = step.phase == .whole || step.phase == .finish
    if writesElements == step.outputs.isEmpty {
      faults.append(
        .badOutput(
          step: index,
          expected: writesElements ? "a destination" : "none in phase \(step.phase.rawValue)",
          found: "\(step.outputs.count)"))
    }
    if (step.phase == .whole) != (step.sums == nil) {
      faults.append(
        .badOutput(
          step: index, expected: step.phase == .whole ? "no sums" : "sums",
          found: step.sums == nil ? "none" : "sums"))
    }
    var tiles: [Int: Region] = [:]
    for (position, destination) in step.destinations.enumerated() {
      let buffer = plan.buffers[destination.buffer]
      let isSums = position >= step.outputs.count
      let element = isSums ? node.sumElement : graph.tensors[buffer.tensor].type.element
      guard node.outputs.contains(buffer.tensor), buffer.element == element else {
        faults.append(
          .badOutput(
            step: index, expected: isSums ? "sums of the operator" : "a result of the operator",
            found: "\(buffer.name) of tensor \(buffer.tensor), \(buffer.element)"))
        continue
      }
      let whole = graph.whole(buffer.tensor)
      if destination.region.rank != whole.rank || !whole.contains(destination.region)
        || destination.region.isEmpty
      {
        faults.append(.badTile(step: index, tensor: whole, found: destination.region))
      }
      if let tile = tiles[buffer.tensor], tile != destination.region {
        faults.append(
          .unequalTiles(step: index, tensor: graph.tensors[buffer.tensor].name))
      }
      tiles[buffer.tensor] = destination.region
    }
  }

  private func collectReduce(
    _ index: Int, _ step: PlanStep, _ node: GraphNode, into faults: inout [PlanFault]
  ) {
    let adds = step.phase == .start || step.phase == .add
    guard let reduce = step.reduce else { return }
    guard adds, let operand = node.summedInput else {
      faults.append(
        .badReduce(
          step: index, expected: "none in phase \(step.phase.rawValue)", found: "\(reduce)"))
      return
    }
    let whole = graph.whole(operand)
    if reduce.rank != whole.rank || !whole.contains(reduce) || reduce.isEmpty {
      faults.append(
        .badReduce(step: index, expected: "a box inside \(whole)", found: "\(reduce)"))
    }
  }
}

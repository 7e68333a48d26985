internal import Graph
internal import Ops
internal import Tensor

extension PlanDraft {
  /// Places the results of steps on operands that are read for the last time, where the operator
  /// allows it.
  ///
  /// - Complexity: linear in the elements that the steps read and write.
  mutating func aliasInPlace() {
    let intervals = Liveness(graph: graph, buffers: buffers, steps: steps).intervals
    var placed = Set(aliases.map(\.buffer))
    for (index, step) in steps.enumerated() where step.phase == .whole {
      // Step 0 is at time 1.
      let time = index + 1
      for destination in step.outputs {
        let result = destination.buffer
        guard !placed.contains(result), destination.region == buffers[result].region,
          intervals[result].first?.lowerBound == time,
          let operand = step.inputs.indices.first(where: { operand in
            guard let buffer = step.inputs[operand] else { return false }
            return intervals[buffer].last?.upperBound == time + 1
              && mayCover(operand, in: buffer, by: result, of: step)
          }), let buffer = step.inputs[operand]
        else { continue }
        alias(result, onto: buffer)
        placed.insert(result)
      }
    }
  }

  /// Whether the result in buffer `result` may lie at the address of `buffer`, element on element.
  private func mayCover(
    _ operand: Int, in buffer: Int, by result: Int, of step: PlanStep
  ) -> Bool {
    let (from, to) = (buffers[buffer], buffers[result])
    let node = graph.nodes[step.op]
    guard from.memory == .arena, to.memory == .arena, from.rings.isEmpty, to.rings.isEmpty,
      from.element.sizeInBytes == to.element.sizeInBytes,
      let output = node.outputs.firstIndex(of: to.tensor),
      node.operation.inPlace(node.signature, operand: operand, output: output) == .sameAddress
    else { return false }
    // The same row-major index must be the same offset.
    let areWhole =
      from.region == graph.whole(from.tensor) && to.region == graph.whole(to.tensor)
    return areWhole
      || (from.region == to.region && graph.whole(from.tensor) == graph.whole(to.tensor))
  }
}

public import Ops
internal import Tensor

extension Plan {
  /// The plan that runs every operator whole, each tensor in a buffer of its own for good.
  ///
  /// It is the simplest plan, not what others are compared with: that is the network itself, which needs no
  /// addresses.
  public static func identity(_ graph: Graph, profile: Profile) -> Plan {
    var buffers: [PlanBuffer] = []
    var bufferOf: [Int: Int] = [:]
    var end = 0
    for tensor in graph.inputs + graph.nodes.flatMap(\.outputs) where bufferOf[tensor] == nil {
      bufferOf[tensor] = buffers.count
      let isKept = graph.variableOf[tensor] != nil
      buffers.append(
        PlanBuffer(
          name: "t\(tensor)", tensor: tensor, element: graph.tensors[tensor].type.element,
          region: graph.whole(tensor), memory: isKept ? .state : .arena, offset: isKept ? 0 : end))
      if isKept { continue }
      end += (buffers[buffers.count - 1].sizeInBytes + 15) / 16 * 16
    }
    let steps = graph.nodes.enumerated().map { op, node in
      PlanStep(
        op: op,
        inputs: node.inputs.indices.map { operand in
          node.isActivation(operand) ? node.inputs[operand].flatMap { bufferOf[$0] } : nil
        },
        outputs: node.outputs.compactMap { tensor in
          bufferOf[tensor].map {
            PlanStep.Destination(buffer: $0, region: graph.whole(tensor))
          }
        })
    }
    return Plan(
      modelHash: graph.modelHash, profile: profile.name, alignment: 16, buffers: buffers,
      steps: steps)
  }
}

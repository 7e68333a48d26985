import Graph
import Tensor

/// A plan that grows: every buffer lies behind the one before, and keeps its place for good.
struct PlanDraft {
  private let graph: Graph
  private(set) var plan: Plan
  private var end = 0
  /// The buffer that holds all of a tensor, by tensor.
  private var whole: [Int: Int] = [:]

  init(_ graph: Graph) {
    self.graph = graph
    plan = Plan(
      modelHash: graph.modelHash, profile: "tflm", alignment: 16, buffers: [], steps: [])
    // The caller fills these before the first step.
    for tensor in graph.inputs { whole[tensor] = addBuffer(of: tensor, graph.whole(tensor)) }
  }

  /// Adds a buffer that holds a region of a tensor.
  mutating func addBuffer(of tensor: Int, _ region: Region) -> Int {
    let buffer = PlanBuffer(
      name: "b\(plan.buffers.count)", tensor: tensor, element: graph.tensors[tensor].type.element,
      region: region, offset: end)
    plan.buffers.append(buffer)
    end += (buffer.sizeInBytes + 15) / 16 * 16
    return plan.buffers.count - 1
  }

  /// The buffer that holds all of a tensor, added when it is first asked for.
  mutating func wholeBuffer(of tensor: Int) -> Int {
    if let buffer = whole[tensor] { return buffer }
    let buffer = addBuffer(of: tensor, graph.whole(tensor))
    whole[tensor] = buffer
    return buffer
  }

  /// Adds a step that computes a region of an operator's only result into a buffer.
  ///
  /// It reads its first operand from the buffer `operand`, or if that is `nil` from one that holds all of it,
  /// as it does the others. Constants are in no buffer.
  mutating func addStep(op: Int, reading operand: Int?, to buffer: Int, _ region: Region) {
    let node = graph.nodes[op]
    let inputs = node.inputs.enumerated().map { index, tensor in
      node.isActivation(index)
        ? (index == 0 ? operand : nil) ?? tensor.map { wholeBuffer(of: $0) } : nil
    }
    plan.steps.append(
      PlanStep(
        op: op, inputs: inputs, outputs: [PlanStep.Destination(buffer: buffer, region: region)]))
  }

  /// Adds a step that runs an operator whole.
  mutating func addWholeStep(op: Int) {
    let node = graph.nodes[op]
    let inputs = node.inputs.enumerated().map { index, tensor in
      node.isActivation(index) ? tensor.map { wholeBuffer(of: $0) } : nil
    }
    let outputs = node.outputs.map {
      PlanStep.Destination(buffer: wholeBuffer(of: $0), region: graph.whole($0))
    }
    plan.steps.append(PlanStep(op: op, inputs: inputs, outputs: outputs))
  }
}

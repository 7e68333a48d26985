public import Graph
internal import Ops
public import Tensor

/// Writes plans by hand: buffers one after another, none at the place of another unless told so.
public struct PlanComposer {
  /// The network.
  public let graph: Graph
  /// What was written so far.
  public private(set) var plan: Plan

  /// Starts a plan of `graph` under the profile `tflm`.
  public init(_ graph: Graph) {
    self.graph = graph
    plan = Plan(
      modelHash: graph.modelHash, profile: "tflm", alignment: 16, buffers: [], steps: [])
  }

  /// Adds a buffer of elements of `region`, or of all of the tensor, above all others.
  public mutating func buffer(
    _ name: String, of tensor: Int, _ region: Region? = nil, rings: [Int: Int] = [:]
  ) -> Int {
    append(name, tensor, graph.tensors[tensor].type.element, region, rings)
  }

  /// Adds a buffer of sums of `region`, or of all of the tensor, above all others.
  public mutating func sums(_ name: String, of tensor: Int, _ region: Region? = nil) -> Int {
    append(name, tensor, .int32, region, [:])
  }

  /// Adds a step that runs `op` whole from the buffers `inputs` of its activations.
  public mutating func step(_ op: Int, _ inputs: [Int], to output: Int, _ tile: Region? = nil) {
    plan.steps.append(
      PlanStep(
        op: op, inputs: operands(op, inputs),
        outputs: [.init(buffer: output, region: tile ?? plan.buffers[output].region)]))
  }

  /// Adds a step that starts sums, or adds to them, from the taps inside `reduce`.
  public mutating func sum(
    _ op: Int, _ phase: PlanStep.Phase, _ inputs: [Int], to sums: Int, reduce: Region?,
    _ tile: Region? = nil
  ) {
    plan.steps.append(
      PlanStep(
        op: op, phase: phase, inputs: operands(op, inputs), reduce: reduce,
        sums: .init(buffer: sums, region: tile ?? plan.buffers[sums].region)))
  }

  /// Adds a step that turns sums into elements.
  public mutating func finish(_ op: Int, _ sums: Int, to output: Int, _ tile: Region? = nil) {
    let region = tile ?? plan.buffers[sums].region
    plan.steps.append(
      PlanStep(
        op: op, phase: .finish, inputs: graph.nodes[op].inputs.map { _ in nil },
        outputs: [.init(buffer: output, region: region)],
        sums: .init(buffer: sums, region: region)))
  }

  private func operands(_ op: Int, _ buffers: [Int]) -> [Int?] {
    var rest = buffers[...]
    return graph.nodes[op].inputs.indices.map { operand in
      graph.nodes[op].isActivation(operand) ? rest.popFirst() : nil
    }
  }

  private mutating func append(
    _ name: String, _ tensor: Int, _ element: ElementType, _ region: Region?, _ rings: [Int: Int]
  ) -> Int {
    let offset = (plan.peakInBytes + plan.alignment - 1) / plan.alignment * plan.alignment
    let isKept = graph.variableOf[tensor] != nil
    return plan.add(
      PlanBuffer(
        name: name, tensor: tensor, element: element, region: region ?? graph.whole(tensor),
        rings: rings, memory: isKept ? .state : .arena, offset: isKept ? 0 : offset))
  }
}

public import Graph
public import Tensor

/// Runs a plan in an arena.
///
/// What could reach outside a buffer is refused before the first step, so that a run of any plan,
/// right or wrong, touches no memory but its own.
public struct Executor: Sendable {
  /// The plan and its network.
  public let binding: PlanBinding
  /// Whether memory lies between pages that may not be touched; see `Arena`.
  public let isGuarded: Bool
  let outputRuns: [[OutputRun]]
  /// Multiply-accumulates of one run, by operator.
  let macsByOperator: [Int]
  /// What each operator's operands are that no buffer holds, by operator.
  let unbufferedOperands: [[TensorView?]]

  /// Prepares a plan to run.
  ///
  /// - Throws: the first step that would reach outside a buffer.
  /// - Complexity: linear in the plan and in the bytes that its steps write.
  public init(_ binding: PlanBinding, isGuarded: Bool = false) throws(ExecutionError) {
    self.binding = binding
    self.isGuarded = isGuarded
    for buffer in binding.plan.buffers
    where !buffer.rings.isEmpty && binding.graph.inputs.contains(buffer.tensor) {
      throw .ringInput(buffer: buffer.name)
    }
    for index in binding.plan.steps.indices { try Self.check(step: index, of: binding) }
    unbufferedOperands = binding.graph.nodes.map(\.unbufferedOperands)
    let map = AddressMap.afterLastStep(of: binding)
    macsByOperator = binding.plan.steps.reduce(
      into: [Int](repeating: 0, count: binding.graph.nodes.count)
    ) { macs, step in macs[step.op] += binding.macs(of: step) }
    outputRuns = binding.graph.outputs.map { OutputRun.all(of: $0, in: map, binding) }
    for (tensor, runs) in zip(binding.graph.outputs, outputRuns) {
      let (tensor, found) = (binding.graph.tensors[tensor], runs.reduce(0) { $0 + $1.run.count })
      guard found == tensor.type.shape.count else {
        throw .outputIncomplete(
          tensor: tensor.shortName, missing: tensor.type.shape.count - found)
      }
    }
  }

  private static func check(step index: Int, of binding: PlanBinding) throws(ExecutionError) {
    let plan = binding.plan
    let step = plan.steps[index]
    for destination in step.destinations {
      let buffer = plan.buffers[destination.buffer]
      guard buffer.canHold(destination.region) else {
        throw .writeOutsideBuffer(
          step: index, buffer: buffer.name, holds: buffer.region, writes: destination.region)
      }
    }
    for (operand, buffer) in step.inputs.enumerated() {
      guard let buffer = buffer.map({ plan.buffers[$0] }) else { continue }
      let reads = binding.reads(of: operand, in: step)
      guard buffer.region.contains(reads) else {
        throw .readOutsideBuffer(
          step: index, operand: operand, buffer: buffer.name, holds: buffer.region, reads: reads)
      }
    }
  }

  /// Runs the plan once.
  ///
  /// There is one value per network input, row-major; the arena holds `poison` before. With a shadow
  /// every element that a kernel touches is checked, which takes several times as long.
  ///
  /// - Throws: `ExecutionError.inputMismatch` alone.
  public func run(
    _ inputs: [Bytes], poison: UInt8 = 0xA5, isShadowed: Bool = false
  ) throws(ExecutionError) -> Execution {
    var run = try PlanRun(self, inputs: inputs, poison: poison, isShadowed: isShadowed)
    while run.performNextStep() != nil {}
    return run.finish()
  }
}

internal import Graph
internal import Ops
internal import TiledExec
internal import Tensor

/// The network itself, every operator whole, run on one input: the value of every tensor.
struct ReferenceRun {
  /// The values of the tensors that operators make, and of the inputs; `nil` for constants.
  let values: [Bytes?]
  /// The network's outputs.
  let outputs: [Bytes]
  /// Multiply-accumulates, by operator.
  let macsByOperator: [Int]

  /// Prepares to run the network.
  static func executor(_ graph: Graph, profile: Profile) throws -> Executor {
    try Executor(
      PlanBinding(Plan.identity(graph, profile: profile), to: graph), isGuarded: true)
  }

  init(_ executor: Executor, _ sample: Sample) throws(ExecutionError) {
    var run = try PlanRun(executor, inputs: sample.inputs)
    let (graph, plan) = (executor.binding.graph, executor.binding.plan)
    var values = [Bytes?](repeating: nil, count: graph.tensors.count)
    while let step = run.performNextStep() {
      // Versions of a variable replace each other: each is there as long as no other is.
      for target in plan.steps[step].outputs where plan.buffers[target.buffer].memory == .state {
        values[plan.buffers[target.buffer].tensor] = run.elements(of: target)
      }
    }
    for (index, buffer) in plan.buffers.enumerated() where buffer.memory != .state {
      values[buffer.tensor] = run.elements(
        of: PlanStep.Destination(buffer: index, region: buffer.region))
    }
    for (tensor, value) in zip(graph.inputs, sample.inputs) { values[tensor] = value }
    let execution = run.finish()
    self.values = values
    outputs = execution.outputs
    macsByOperator = execution.macsByOperator
  }
}

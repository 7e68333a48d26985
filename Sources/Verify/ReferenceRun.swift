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
    while run.performNextStep() != nil {}
    let graph = executor.binding.graph
    var values = [Bytes?](repeating: nil, count: graph.tensors.count)
    for (index, buffer) in executor.binding.plan.buffers.enumerated()
    where graph.variableOf[buffer.tensor] == nil {
      values[buffer.tensor] = run.elements(
        of: PlanStep.Destination(buffer: index, region: buffer.region))
    }
    let execution = run.finish()
    // Versions of a variable replace each other; what the first and last one are is known.
    for (tensor, value) in zip(graph.inputs, sample.inputs) { values[tensor] = value }
    for (tensor, value) in zip(graph.outputs, execution.outputs) { values[tensor] = value }
    self.values = values
    outputs = execution.outputs
    macsByOperator = execution.macsByOperator
  }
}

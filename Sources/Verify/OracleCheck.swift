internal import FloatOracle
internal import Graph
internal import Ops
internal import Tensor
internal import TiledExec

/// Compares the values that a network's kernels compute with real numbers.
///
/// Kernel and plan may agree and both be wrong; what an operator means over the real numbers is stated
/// apart from its kernel.
public struct OracleCheck: Sendable {
  /// The input on which the values were computed.
  public let sample: String
  /// What each operator made of the operands that it really got; one entry per result of an operator that
  /// approximates a function.
  public let results: [OperatorDeviation]
  /// How far each tensor is from what the network makes of its input over the real numbers, nothing
  /// rounded in between.
  ///
  /// Nothing is judged by it.
  public let rounding: [RoundingError]

  /// Results that are farther from the real-valued function than the operator allows.
  public var beyondBound: [OperatorDeviation] { results.filter { !$0.isWithinBound } }

  /// The result that comes nearest to its bound, or is farthest beyond; `nil` for a network of no
  /// operators.
  public var nearestToBound: OperatorDeviation? { results.max { $0.ofBound < $1.ofBound } }

  /// Evaluates every operator twice: from the operands that it got, and from the real numbers that the
  /// operators before it gave.
  ///
  /// - Throws: an input that is not the network's.
  /// - Complexity: two real-valued evaluations of the network, in double precision.
  init(_ executor: NetworkExecutor, _ sample: Sample) throws(ExecutionError) {
    let graph = executor.graph
    var run = try NetworkRun(executor, inputs: sample.inputs)
    let oracle = OperatorOracle()
    var results: [OperatorDeviation] = []
    var rounding: [RoundingError] = []
    var reals = graph.tensors.indices.map { index in
      let given = run.value(of: index) ?? graph.tensors[index].constant
      return given.map { RealTensor(dequantizing: $0, of: graph.tensors[index].type) }
    }
    while let op = run.performNextOperator() {
      let node = graph.nodes[op]
      let expectations = oracle.expectations(
        of: node.operation, signature: node.signature,
        operands: node.inputs.map { $0.flatMap { run.value(of: $0) } })
      let exact = oracle.real(
        node.operation, signature: node.signature, node.inputs.map { $0.flatMap { reals[$0] } })
      for (output, tensor) in node.outputs.enumerated() {
        reals[tensor] = exact[output]
        guard let value = run.value(of: tensor), expectations[output].bound != .infinity else {
          continue
        }
        let (name, type) = (graph.tensors[tensor].shortName, graph.tensors[tensor].type)
        let deviation = expectations[output].deviation(of: value, type: type)
        results.append(
          OperatorDeviation(
            op: op, operatorName: node.operatorName, tensor: name,
            coordinate: type.shape.coordinate(at: deviation.index), largest: deviation.largest,
            bound: deviation.bound, inSteps: type.quantization != nil && type.element != .float32,
            isWithinBound: deviation.isWithinBound))
        rounding.append(
          RoundingError(
            tensor: name, isOutput: graph.outputs.contains(tensor), exact: exact[output].values,
            found: RealTensor(dequantizing: value, of: type).values))
      }
      for tensor in executor.lastUses[op] { reals[tensor] = nil }
    }
    (self.sample, self.results, self.rounding) = (sample.name, results, rounding)
  }
}

public import Graph
public import Ops

/// What is replaced of an operator; all else stays as it is.
public struct OperatorAlteration: Sendable {
  /// The tiling rule of a result, from the sound one.
  public var access: (@Sendable (Access, Signature, _ output: Int) -> Access)?
  /// The kernel, from the sound operator.
  public var kernel: (@Sendable (any Operator, Signature, Profile) -> any Kernel)?

  /// Replaces what is given.
  public init(
    access: (@Sendable (Access, Signature, _ output: Int) -> Access)? = nil,
    kernel: (@Sendable (any Operator, Signature, Profile) -> any Kernel)? = nil
  ) {
    self.access = access
    self.kernel = kernel
  }

  /// The network with some operators altered: those for which `alteration` gives something.
  public static func graph(
    _ graph: Graph, _ alteration: (Int, GraphNode) -> OperatorAlteration?
  ) throws(GraphError) -> Graph {
    try Graph(
      tensors: graph.tensors,
      nodes: graph.nodes.enumerated().map { op, node in
        let altered = alteration(op, node).map { $0.applied(to: node.operation) }
        return (operation: altered ?? node.operation, inputs: node.inputs, outputs: node.outputs)
      }, inputs: graph.modelInputs, outputs: graph.modelOutputs, variables: graph.variables,
      modelHash: graph.modelHash)
  }

  private func applied(to operation: some Operator) -> any Operator {
    AlteredOperator(operation, self)
  }
}

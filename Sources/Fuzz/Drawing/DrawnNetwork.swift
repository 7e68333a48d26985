public import Graph
public import Ops
public import Tensor

/// A network that another implementation can run as well, and values to run it on.
public struct DrawnNetwork: Sendable {
  /// The network.
  public let graph: Graph
  /// The profiles whose implementations have kernels for all its operators.
  public let implementations: [Profile]
  /// Per case one value per model input, row-major; results are defined for them.
  public let cases: [[Bytes]]

  /// Each operator with the elements of its computed operands and its results, as `ADD int8,int8 int8`.
  public var kinds: [String] {
    graph.nodes.map { node in
      let operands = node.signature.inputs.indices.filter { node.isActivation($0) }
        .map { node.signature.input($0).element.rawValue }
      let results = node.signature.outputs.map(\.element.rawValue)
      return ([node.operatorName, operands.joined(separator: ","), results.joined(separator: ",")])
        .joined(separator: " ")
    }
  }
}

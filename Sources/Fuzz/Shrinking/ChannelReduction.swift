internal import Graph
internal import Ops
internal import Tensor

/// Makes results smaller along axes that constants follow, such as the channels of convolutions.
struct ChannelReduction: CaseReduction {
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]] {
    let graph = original.graph
    return graph.nodes.flatMap { node in
      node.outputs.enumerated().flatMap { output, tensor in
        Self.axes(node, output: output).flatMap { axis in
          ExtentReduction.smaller(graph.tensors[tensor].type.shape[axis]).map { smaller in
            {
              original.resized(
                GraphResizing.graph(graph, axis: axis, of: [tensor], extent: smaller))
            }
          }
        }
      }
    }
  }

  /// The axes of a result that a constant follows; whether anything else does is left to the operator's check.
  private static func axes(_ node: GraphNode, output: Int) -> [Int] {
    let access = node.accesses[output]
    return (0..<access.outputRank).filter { axis in
      access.operands.indices.contains { operand in
        node.signature.constant(operand) != nil
          && access.operands[operand].contains { $0.outputAxis == axis }
      }
    }
  }
}

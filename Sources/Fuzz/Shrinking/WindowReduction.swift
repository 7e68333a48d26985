internal import Graph
internal import Ops
internal import Tensor

/// Makes the windows of weights smaller: axes that no result follows and that no extent decides.
struct WindowReduction: CaseReduction {
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]] {
    let graph = original.graph
    return graph.nodes.enumerated().flatMap { op, node in
      node.signature.inputs.enumerated().flatMap { operand, constant -> [() -> [FuzzCase]] in
        guard let constant, constant.constant != nil, constant.type.shape.rank == 4 else {
          return []
        }
        let axes = node.accesses[0].operands[operand]
        return axes.indices.filter { axes[$0].isSummedOrWhole }.flatMap { axis in
          ExtentReduction.smaller(constant.type.shape[axis]).map { extent in
            {
              var box = Region(whole: constant.type.shape)
              box[axis] = 0..<extent
              guard let part = constant.part(box.ranges) else { return [] }
              return original.resized(GraphResizing.graph(graph, op: op, operand: operand, part))
            }
          }
        }
      }
    }
  }
}

internal import Graph
internal import Ops
internal import Tensor

/// Makes inputs of the network smaller, axis by axis: those of one extent all at once, then each by itself.
struct ExtentReduction: CaseReduction {
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]] {
    let graph = original.graph
    var steps: [() -> [FuzzCase]] = []
    func add(_ tensors: [Int], _ axis: Int, _ extent: Int) {
      for smaller in Self.smaller(extent) {
        steps.append {
          original.resized(
            GraphResizing.graph(graph, axis: axis, of: tensors, extent: smaller))
        }
      }
    }
    for tensor in graph.inputs {
      let extents = graph.tensors[tensor].type.shape.extents
      for (axis, extent) in extents.enumerated() {
        let alike = graph.inputs.filter { other in
          let others = graph.tensors[other].type.shape.extents
          return others.count == extents.count && others[axis] == extent
        }
        if alike.count > 1 && alike[0] == tensor { add(alike, axis, extent) }
        add([tensor], axis, extent)
      }
    }
    return steps
  }

  /// Smaller extents, the smallest first.
  static func smaller(_ extent: Int) -> [Int] {
    Set([1, 2, extent / 2, extent - 1].filter { $0 > 0 && $0 < extent }).sorted()
  }
}

internal import Graph
internal import Ops
internal import Tensor

/// The tensors that a model file has for those of a graph: one for all that a variable holds.
struct FileTensors {
  /// The tensors of the graph that stand in the file, in its order.
  let kept: [Int]
  /// The index in the file, by tensor of the graph.
  let index: [Int]
  /// What stands behind them: tensors without elements that describe what operators keep inside.
  private(set) var descriptions: [GraphTensor] = []
  /// The indices in the file of what each operator keeps inside.
  private(set) var intermediates: [[Int]] = []

  /// Lists the tensors; of a variable the first.
  init(_ graph: Graph) {
    let kept = graph.tensors.indices.filter { tensor in
      graph.variableOf[tensor].map { graph.variables[$0].before == tensor } ?? true
    }
    var index = [Int](repeating: 0, count: graph.tensors.count)
    for (place, tensor) in kept.enumerated() { index[tensor] = place }
    for variable in graph.variables {
      for tensor in variable.versions { index[tensor] = index[variable.before] }
    }
    (self.kept, self.index) = (kept, index)
    let used = graph.usedTensors
    var places: [TensorType: Int] = [:]
    for tensor in kept.reversed()
    where !used.contains(tensor) && graph.tensors[tensor].constant == nil {
      places[graph.tensors[tensor].type] = index[tensor]
    }
    for node in graph.nodes { intermediates.append(describe(node, graph, &places)) }
  }

  /// Lists what an operator on codes keeps inside; what a tensor describes that nothing uses needs no other.
  private mutating func describe(
    _ node: GraphNode, _ graph: Graph, _ places: inout [TensorType: Int]
  ) -> [Int] {
    type(of: node.operation).intermediates.compactMap { operand in
      guard let tensor = node.inputs[operand],
        let quantization = graph.tensors[tensor].type.quantization
      else { return nil }
      let type = TensorType(graph.tensors[tensor].type.element, Shape(0), quantization)
      if let place = places[type] { return place }
      let place = kept.count + descriptions.count
      places[type] = place
      descriptions.append(GraphTensor(name: "\(graph.tensors[tensor].name) inside", type: type))
      return place
    }
  }
}

extension Graph {
  /// The tensors that operators or callers use.
  var usedTensors: Set<Int> { Set(nodes.flatMap(\.tensors) + inputs + outputs) }
}

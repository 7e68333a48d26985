internal import Graph

/// Returns fewer tensors: those that an operator reads need not be outputs.
struct EndReduction: CaseReduction {
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]] {
    let graph = original.graph
    let read = Set(graph.nodes.flatMap { $0.inputs.compactMap { $0 } })
    return graph.modelOutputs.filter(read.contains).map { output in
      {
        var sketch = GraphSketch(graph)
        sketch.outputs.removeAll { $0 == output }
        guard !sketch.outputs.isEmpty || !sketch.variables.isEmpty else { return [] }
        return sketch.graph.map { [FuzzCase($0, original.recipe)] } ?? []
      }
    }
  }
}

internal import Graph
internal import Ops
internal import Planning
internal import Tensor

/// Takes operators away.
///
/// What an operator that is gone made becomes an input of the network, or its readers read what it read; what nobody
/// reads any more becomes an output.
struct OperatorReduction: CaseReduction {
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]] {
    let graph = original.graph
    let count = graph.nodes.count
    guard count > 1 else { return [] }
    var steps: [() -> [FuzzCase]] = []
    var size = count - 1
    while size >= 1 {
      // Ever smaller runs of operators go, the last ones first: what they leave has all it needs.
      for start in stride(from: 0, to: count, by: size).reversed() {
        let gone = start..<min(start + size, count)
        if gone.count < count { steps.append { original.without(gone, GraphSketch(graph)) } }
      }
      size /= 2
    }
    for op in graph.nodes.indices {
      for (output, input) in Self.twins(graph, op) {
        steps.append {
          var sketch = GraphSketch(graph)
          sketch.replace(output, by: input)
          return original.without(op..<op + 1, sketch)
        }
      }
    }
    return steps
  }

  /// Results of an operator, each with an operand of its element type and shape that may be read in its place.
  private static func twins(_ graph: Graph, _ op: Int) -> [(output: Int, input: Int)] {
    let node = graph.nodes[op]
    return node.outputs.flatMap { output -> [(output: Int, input: Int)] in
      guard graph.variableOf[output] == nil, !graph.consumers[output].isEmpty else { return [] }
      let type = graph.tensors[output].type
      return node.inputs.compactMap { $0 }.filter { input in
        let other = graph.tensors[input]
        return other.constant == nil && graph.variableOf[input] == nil
          && other.type.element == type.element && other.type.shape == type.shape
      }.map { (output, $0) }
    }
  }
}

extension FuzzCase {
  /// The case without some operators, whose results `sketch` may have replaced.
  fileprivate func without(_ gone: Range<Int>, _ sketch: GraphSketch) -> [FuzzCase] {
    let kept = graph.nodes.indices.filter { !gone.contains($0) }
    var sketch = sketch
    sketch.keep(kept)
    guard let network = sketch.graph else { return [] }
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    var recipe = recipe
    recipe.order = recipe.order?.compactMap { places[$0] }
    let groups = recipe.groups.filter { $0.ops.contains { places[$0] != nil } }
    return CutFitting.Way.allCases.reduce(into: []) { cases, way in
      let fitting = CutFitting(from: graph, to: network, way)
      recipe.groups = groups.map { fitting.fitted($0.renumbered(places), was: $0) }
      if cases.last?.recipe != recipe { cases.append(FuzzCase(network, recipe)) }
    }
  }
}

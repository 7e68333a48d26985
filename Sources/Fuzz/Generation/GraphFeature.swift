public import Graph
internal import Tensor

/// What networks of a generator should have, now and then: their shape.
public enum GraphFeature: String, Hashable, Sendable, CaseIterable {
  /// Several operators, each reading a result of the one before and nothing else that is computed.
  case chain
  /// A tensor that several operators read.
  case fork
  /// An operator that reads several tensors.
  case join
  /// A join of tensors that have a tensor in common from which both are made, or are made from.
  case residual
  /// A join all of whose tensors lie side by side in the result.
  case concatenation
  /// An operator that reads one tensor twice.
  case readTwice
  /// An output that an operator reads.
  case outputThatIsRead
  /// Operators without a tensor in common.
  case severalParts
  case oneOperator, severalInputs, severalOutputs
  /// Computed tensors of several element types.
  case severalElementTypes
  /// What is kept from one run to the next; by several operators in turn.
  case state, sharedState

  /// What a network has.
  public static func all(in graph: Graph) -> Set<GraphFeature> {
    var found: Set<GraphFeature> = []
    func note(_ feature: GraphFeature, _ isThere: Bool) { if isThere { found.insert(feature) } }
    // The computed tensors from which each is made, itself among them.
    var sources = graph.tensors.indices.map { Set([$0]) }
    var isChain = graph.nodes.count > 1
    var made: Set<Int> = []
    for node in graph.nodes {
      let reads = node.inputs.compactMap { $0 }.filter { graph.tensors[$0].constant == nil }
      let distinct = Set(reads)
      isChain = isChain && distinct.count == 1 && (made.isEmpty || !made.isDisjoint(with: distinct))
      made = Set(node.outputs)
      note(.join, distinct.count > 1)
      note(.readTwice, distinct.count < reads.count)
      note(.residual, Self.isResidual(distinct.sorted().map { sources[$0] }))
      let count = reads.reduce(0) { $0 + graph.tensors[$1].type.shape.count }
      let results = node.outputs.map { graph.tensors[$0].type.shape.count }
      note(.concatenation, distinct.count > 1 && results == [count])
      let all = distinct.reduce(into: Set<Int>()) { $0.formUnion(sources[$1]) }
      for output in node.outputs { sources[output].formUnion(all) }
    }
    let consumers = graph.consumers
    let computed = Set(graph.inputs + graph.nodes.flatMap(\.outputs))
    note(.chain, isChain)
    note(.oneOperator, graph.nodes.count == 1)
    note(.fork, consumers.contains { $0.count > 1 })
    note(.outputThatIsRead, graph.modelOutputs.contains { !consumers[$0].isEmpty })
    note(.severalInputs, graph.modelInputs.count > 1)
    note(.severalOutputs, graph.modelOutputs.count > 1)
    note(.severalElementTypes, Set(computed.map { graph.tensors[$0].type.element }).count > 1)
    note(.state, !graph.variables.isEmpty)
    note(.sharedState, graph.variables.contains { $0.versions.count > 2 })
    note(.severalParts, Self.partCount(of: graph) > 1)
    return found
  }

  private static func isResidual(_ sources: [Set<Int>]) -> Bool {
    sources.indices.contains { later in
      sources[..<later].contains { !$0.isDisjoint(with: sources[later]) }
    }
  }

  /// How many groups of operators share no computed tensor.
  private static func partCount(of graph: Graph) -> Int {
    var parts: [Set<Int>] = []
    for node in graph.nodes {
      var part = Set(node.inputs.compactMap { $0 } + node.outputs)
      part = part.filter { graph.tensors[$0].constant == nil }
      for other in parts where !other.isDisjoint(with: part) { part.formUnion(other) }
      parts = parts.filter { $0.isDisjoint(with: part) } + [part]
    }
    return parts.count
  }
}

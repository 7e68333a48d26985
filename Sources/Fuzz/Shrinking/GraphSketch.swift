internal import Graph
internal import Ops
internal import Tensor

/// The parts of a network, to be changed and bound again.
struct GraphSketch {
  var tensors: [GraphTensor]
  var nodes: [Graph.UnboundNode]
  var inputs: [Int]
  var outputs: [Int]
  var variables: [Variable]
  private let modelHash: String

  init(_ graph: Graph) {
    tensors = graph.tensors
    nodes = graph.nodes.map { ($0.operation, $0.inputs, $0.outputs) }
    inputs = graph.modelInputs
    outputs = graph.modelOutputs
    variables = graph.variables
    modelHash = graph.modelHash
  }

  /// The network without tensors that nothing names; `nil` if the parts do not fit.
  var graph: Graph? {
    var used = Set(nodes.flatMap { $0.inputs.compactMap { $0 } + $0.outputs })
    used.formUnion(inputs + outputs + variables.flatMap(\.versions))
    let kept = used.sorted()
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    func place(_ tensor: Int) -> Int { places[tensor] ?? 0 }
    return try? Graph(
      tensors: kept.map { tensors[$0] },
      nodes: nodes.map { ($0.operation, $0.inputs.map { $0.map(place) }, $0.outputs.map(place)) },
      inputs: inputs.map(place), outputs: outputs.map(place),
      variables: variables.map { Variable(versions: $0.versions.map(place), initial: $0.initial) },
      modelHash: modelHash)
  }

  /// Lets all operators read another tensor than `tensor`.
  mutating func replace(_ tensor: Int, by other: Int) {
    for op in nodes.indices {
      nodes[op].inputs = nodes[op].inputs.map { $0 == tensor ? other : $0 }
    }
  }

  /// Keeps some operators alone, which ascend.
  ///
  /// What others made and they read is given, and what they make for others is returned. A variable goes on with the
  /// version before one that is gone.
  mutating func keep(_ kept: [Int]) {
    nodes = kept.map { nodes[$0] }
    let made = Set(nodes.flatMap(\.outputs))
    variables = variables.compactMap { variable in
      var versions = [variable.before]
      for version in variable.versions.dropFirst() {
        if made.contains(version) {
          versions.append(version)
        } else {
          replace(version, by: versions[versions.count - 1])
        }
      }
      return versions.count > 1 ? Variable(versions: versions, initial: variable.initial) : nil
    }
    let states = Set(variables.flatMap(\.versions))
    let read = Set(nodes.flatMap { $0.inputs.compactMap { $0 } })
    let (given, returned) = (inputs, Set(outputs))
    let added = read.subtracting(given).subtracting(made).subtracting(states)
    inputs =
      given.filter(read.contains) + added.sorted().filter { tensors[$0].constant == nil }
    outputs = nodes.flatMap(\.outputs).filter {
      !states.contains($0) && (returned.contains($0) || !read.contains($0))
    }
  }
}

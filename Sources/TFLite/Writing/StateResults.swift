internal import Graph
internal import Ops

/// Which results of a graph's operators are what variables hold next.
///
/// A model leaves them out: there an operator changes the tensor that it reads.
struct StateResults {
  /// How many of each operator's last results they are.
  let counts: [Int]

  /// Follows what the variables hold, operator by operator.
  ///
  /// - Throws: the first place where a graph says what a model cannot.
  init(_ graph: Graph) throws(ModelWritingError) {
    var walk = Walk(graph: graph)
    var counts: [Int] = []
    for index in graph.nodes.indices { counts.append(try walk.follow(index)) }
    try walk.finish()
    self.counts = counts
  }

  /// A walk over the operators.
  private struct Walk {
    let graph: Graph
    /// Which of its versions each variable holds.
    var current: [Int]

    init(graph: Graph) {
      self.graph = graph
      current = [Int](repeating: 0, count: graph.variables.count)
    }

    /// Follows one operator, and says how many of its results belong to variables.
    mutating func follow(_ index: Int) throws(ModelWritingError) -> Int {
      let node = graph.nodes[index]
      for case let tensor? in node.inputs { try requireCurrent(tensor, node: index) }
      let operands = type(of: node.operation).stateOperands.filter {
        node.inputs.indices.contains($0) && node.inputs[$0] != nil
      }
      for (operand, result) in zip(operands, node.outputs.suffix(operands.count)) {
        guard let tensor = node.inputs[operand], let variable = graph.variableOf[tensor],
          holds(variable, tensor), current[variable] + 1 < graph.variables[variable].versions.count,
          graph.variables[variable].versions[current[variable] + 1] == result
        else { throw .noVariable(node: index, name: node.operatorName, operand: operand) }
        current[variable] += 1
      }
      return operands.count
    }

    /// Checks what is left when all operators have run.
    func finish() throws(ModelWritingError) {
      for tensor in graph.modelOutputs { try requireCurrent(tensor, node: nil) }
      for (index, variable) in graph.variables.enumerated() {
        let tensor = graph.tensors[variable.before]
        guard current[index] > 0, current[index] == variable.versions.count - 1,
          tensor.constant == nil, !graph.modelInputs.contains(variable.before)
        else { throw .variable(tensor: variable.before, name: tensor.name) }
      }
    }

    private func holds(_ variable: Int, _ tensor: Int) -> Bool {
      graph.variables[variable].versions[current[variable]] == tensor
    }

    private func requireCurrent(_ tensor: Int, node: Int?) throws(ModelWritingError) {
      guard let variable = graph.variableOf[tensor], !holds(variable, tensor) else { return }
      throw .earlierVersion(node: node, tensor: tensor, name: graph.tensors[tensor].name)
    }
  }
}

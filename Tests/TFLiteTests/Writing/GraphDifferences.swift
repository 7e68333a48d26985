import Graph
import Ops
import Tensor

extension Graph {
  /// In what another graph differs from this one, but for the hash of its model.
  func differences(from other: Graph) -> [String] {
    var differences: [String] = []
    func compare<Value: Equatable>(_ name: String, _ found: Value, _ expected: Value) {
      if found != expected { differences.append("\(name): \(found), expected \(expected)") }
    }
    compare("tensors", tensors.count, other.tensors.count)
    for (index, pair) in zip(tensors, other.tensors).enumerated() {
      compare("tensor \(index): name", pair.0.name, pair.1.name)
      compare("tensor \(index): type", pair.0.type, pair.1.type)
      compare("tensor \(index): quantization", pair.0.type.quantization, pair.1.type.quantization)
      compare("tensor \(index): constant", pair.0.constant, pair.1.constant)
    }
    compare("nodes", nodes.count, other.nodes.count)
    for (index, pair) in zip(nodes, other.nodes).enumerated() {
      compare("node \(index): operator", pair.0.operation.builtin, pair.1.operation.builtin)
      compare("node \(index): options", pair.0.operation.options, pair.1.operation.options)
      compare("node \(index): inputs", pair.0.inputs, pair.1.inputs)
      compare("node \(index): outputs", pair.0.outputs, pair.1.outputs)
    }
    compare("inputs", inputs, other.inputs)
    compare("outputs", outputs, other.outputs)
    compare("variables", variables, other.variables)
    return differences
  }
}

public import Fuzz
internal import Graph
internal import Ops

/// One model that `fuzz draw` wrote: a JSON line.
public struct DrawnModelRecord: Document, Encodable {
  /// The number of the network.
  let number: Int
  /// The file of the model.
  let model: String
  /// The folder of the values for its inputs: `c0_in0.npy` and so on.
  let inputs: String
  /// How many cases there are.
  let cases: Int
  /// How many values each case has.
  let inputCount: Int
  /// The profiles whose implementations have kernels for all operators.
  let implementations: [String]
  /// Each operator with the elements of its computed operands and its results.
  let operators: [String]

  /// Says of a network where it was written.
  public init(_ network: DrawnNetwork, number: Int, model: String, inputs: String) {
    self.number = number
    self.model = model
    self.inputs = inputs
    cases = network.cases.count
    inputCount = network.graph.modelInputs.count
    implementations = network.implementations.map(\.name)
    operators = network.kinds
  }

  /// The model and its operators.
  public var text: String { "\(model): \(operators.joined(separator: "; "))" }
}

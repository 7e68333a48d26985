internal import Graph
internal import Tensor

/// The first element of a network output in which two networks differ.
public struct OutputDifference: Hashable, Sendable {
  /// The name of the input on which it shows.
  public let sample: String
  /// The output's place among the outputs.
  public let output: Int
  /// The tensor's name in the original network.
  public let tensor: String
  /// The coordinate.
  public let coordinate: [Int]
  /// What the original computes there.
  public let expected: ElementValue
  /// What the other one computes there.
  public let actual: ElementValue
  /// How many elements of the output differ.
  public let count: Int

  /// The first difference of two lists of outputs of `graph`'s types; `nil` if there is none.
  static func first(
    expected: [Bytes], actual: [Bytes], graph: Graph, sample: String
  ) -> OutputDifference? {
    for (output, tensor) in graph.outputs.enumerated() {
      let (type, name) = (graph.tensors[tensor].type, graph.tensors[tensor].shortName)
      let differences = ElementDifferences(
        expected: expected[output], actual: actual[output], type: type)
      guard let differences else { continue }
      return OutputDifference(
        sample: sample, output: output, tensor: name,
        coordinate: type.shape.coordinate(at: differences.first),
        expected: differences.expected, actual: differences.actual, count: differences.count)
    }
    return nil
  }
}

extension OutputDifference: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    "\(count) \(count == 1 ? "element" : "elements") of output \(output) (\(tensor)) "
      + "\(count == 1 ? "differs" : "differ"), the first at \(coordinate): expected \(expected), "
      + "found \(actual)"
  }
}

internal import Graph
internal import Tensor

/// The first element of a network output in which two networks differ.
public struct OutputDifference: Hashable, Sendable {
  /// The input on which it shows.
  public let sample: String
  /// The output's place among the outputs.
  public let output: Int
  /// The tensor's name in the original network.
  public let tensor: String
  /// The coordinate.
  public let coordinate: [Int]
  /// The bytes that the original computes, little-endian.
  public let expected: [UInt8]
  /// The bytes that the other one computes.
  public let actual: [UInt8]
  /// How many elements of the output differ.
  public let count: Int

  /// The first difference of two lists of outputs of `graph`'s types; `nil` if there is none.
  static func first(
    expected: [Bytes], actual: [Bytes], graph: Graph, sample: String
  ) -> OutputDifference? {
    for (output, tensor) in graph.outputs.enumerated() where expected[output] != actual[output] {
      let type = graph.tensors[tensor].type
      let width = type.element.sizeInBytes
      let wanted = expected[output].elements(of: UInt8.self)
      let found = actual[output].elements(of: UInt8.self)
      let wrong = (0..<type.shape.count).filter { index in
        wanted[index * width..<(index + 1) * width] != found[index * width..<(index + 1) * width]
      }
      guard let first = wrong.first else { continue }
      let bytes = first * width..<(first + 1) * width
      return OutputDifference(
        sample: sample, output: output, tensor: graph.tensors[tensor].shortName,
        coordinate: type.shape.coordinate(at: first), expected: Array(wanted[bytes]),
        actual: Array(found[bytes]), count: wrong.count)
    }
    return nil
  }
}

extension OutputDifference: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    "\(count) elements of output \(output) (\(tensor)) differ on input \(sample), the first at "
      + "\(coordinate): expected bytes \(expected), found \(actual)"
  }
}

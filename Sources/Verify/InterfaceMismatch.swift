internal import Graph
internal import Tensor

/// Two networks that cannot be compared: their inputs or outputs are not the same.
public struct InterfaceMismatch: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which input or output.
  public let place: String
  /// What the original has there.
  public let expected: String
  /// What the other one has.
  public let found: String

  /// Throws unless inputs, outputs and variables have the same number, types and quantizations, in order.
  static func check(_ rewritten: Graph, _ original: Graph) throws(InterfaceMismatch) {
    let lists = [
      ("input", original.modelInputs, rewritten.modelInputs),
      ("output", original.modelOutputs, rewritten.modelOutputs),
      ("variable", original.variables.map(\.before), rewritten.variables.map(\.before)),
    ]
    for (name, expected, found) in lists {
      guard expected.count == found.count else {
        throw InterfaceMismatch(
          place: "\(name)s", expected: "\(expected.count)", found: "\(found.count)")
      }
      for (index, pair) in zip(expected, found).enumerated() {
        let (type, other) = (original.tensors[pair.0].type, rewritten.tensors[pair.1].type)
        guard type != other else { continue }
        throw InterfaceMismatch(
          place: "\(name) \(index)", expected: type.interface, found: other.interface)
      }
    }
  }

  /// What is wrong, where, and what was expected.
  public var description: String {
    "\(place): the original has \(expected), the other model \(found)"
  }
}

extension TensorType {
  /// Type and quantization in a few words.
  fileprivate var interface: String {
    guard let quantization else { return "\(self)" }
    return "\(self), scale \(quantization.scales[0]), zero point \(quantization.zeroPoints[0])"
  }
}

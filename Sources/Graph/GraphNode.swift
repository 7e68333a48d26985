public import Ops

/// One operator of a network, bound to its tensors.
public struct GraphNode: Sendable {
  /// What the operator means.
  public let operation: any Operator
  /// The tensors it reads; `nil` for an optional operand that is absent.
  public let inputs: [Int?]
  /// The tensors it makes.
  public let outputs: [Int]
  /// The types and constants of both.
  public let signature: Signature
  /// The tiling rule of each output.
  public let accesses: [Access]

  /// The operator's name in TensorFlow Lite's schema.
  public var operatorName: String { type(of: operation).name }

  /// The tensors it reads, then those it makes.
  public var tensors: [Int] { inputs.compactMap { $0 } + outputs }

  /// Whether operand `index` is computed at run time, so that a plan holds it in a buffer.
  public func isActivation(_ index: Int) -> Bool {
    guard let operand = signature.inputs[index] else { return false }
    return operand.constant == nil
  }
}

public import Tensor

/// One operand of an operator: its type, and its value where the network fixes it.
public struct Operand: Hashable, Sendable {
  /// Element type, shape and quantization.
  public var type: TensorType
  /// The value, row-major; `nil` for an activation.
  public var constant: Bytes?

  /// Makes an operand.
  public init(_ type: TensorType, constant: Bytes? = nil) {
    self.type = type
    self.constant = constant
  }
}

/// The operands and results that one operator of a network has.
public struct Signature: Hashable, Sendable {
  /// The operands; `nil` for one that is optional and absent.
  public var inputs: [Operand?]
  /// The types of the results.
  public var outputs: [TensorType]

  /// Makes a signature.
  public init(inputs: [Operand?], outputs: [TensorType]) {
    self.inputs = inputs
    self.outputs = outputs
  }

  /// The type of an operand that `check` has found present.
  ///
  /// - Precondition: the operand is there.
  public func input(_ index: Int) -> TensorType {
    guard index < inputs.count, let operand = inputs[index] else {
      preconditionFailure("operand \(index) is absent")
    }
    return operand.type
  }

  /// The value of operand `index`, where it is there and constant.
  public func constant(_ index: Int) -> Bytes? {
    index < inputs.count ? inputs[index]?.constant : nil
  }
}

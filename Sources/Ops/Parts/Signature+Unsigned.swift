internal import Tensor

extension Signature {
  /// Whether a computed operand or a result has codes of 8 bits without a sign.
  var isUnsigned: Bool {
    outputs.contains { $0.element == .uint8 }
      || inputs.contains { $0?.constant == nil && $0?.type.element == .uint8 }
  }
}

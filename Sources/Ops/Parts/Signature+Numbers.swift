internal import Tensor

extension Signature {
  /// Throws unless operand `index` and output 0 have one of `elements`: codes of at most 16 bits quantized per
  /// tensor, everything else not quantized, so that elements are numbers.
  func requireNumbers(operand index: Int = 0, _ elements: [ElementType]) throws(OperatorError) {
    try Self.requireNumbers(input(index), .operand(index), elements)
    try Self.requireNumbers(outputs[0], .output(0), [input(index).element])
  }

  private static func requireNumbers(
    _ type: TensorType, _ subject: OperatorError.Subject, _ elements: [ElementType]
  ) throws(OperatorError) {
    guard elements.contains(type.element) else {
      throw OperatorError(
        .unsupported, subject, expected: elements.map(\.rawValue).joined(separator: " or "),
        found: "\(type.element)")
    }
    if type.element == .float32 { return }
    let isCode = type.element.codes != nil && type.element.sizeInBytes <= 2
    guard isCode ? type.quantization?.isPerTensor == true : type.quantization == nil else {
      throw OperatorError(
        .invalid, subject,
        expected: isCode ? "one scale and zero point" : "\(type.element), not quantized",
        found: type.quantization == nil ? "no quantization" : "another quantization")
    }
  }
}

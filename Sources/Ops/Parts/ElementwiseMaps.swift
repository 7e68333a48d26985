internal import Tensor

/// Kernels of closures, each compiled once for all operators.
extension Elementwise {
  /// A function of floats; `parameters` name it.
  static func floats(
    _ parameters: [UInt64], _ body: @escaping @Sendable (Float) -> Float
  ) -> any Kernel {
    SpecializedKernel(UnaryKernel(ElementMap(parameters, body)))
  }

  /// A function of words of 16 bits.
  static func words(
    _ parameters: [UInt64], _ body: @escaping @Sendable (Int16) -> Int16
  ) -> any Kernel {
    SpecializedKernel(UnaryKernel(ElementMap(parameters, body)))
  }

  /// A function of codes of 8 or 16 bits, the same type in and out; `parameters` are all that it depends on.
  static func codes(
    _ signature: Signature, _ parameters: [UInt64],
    _ body: @escaping @Sendable (Int32) -> Int32
  ) -> any Kernel {
    if signature.outputs[0].element != .int16 { return table(signature, body) }
    return words(parameters) { Int16(truncatingIfNeeded: body(Int32($0))) }
  }

  /// Throws unless operand and result have one shape and one of `elements`, quantized or not.
  static func checkNumbers(
    _ signature: Signature, _ elements: [ElementType]
  ) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1)
    let (input, output) = (signature.input(0), signature.outputs[0])
    let names = elements.map(\.rawValue).joined(separator: " or ")
    guard elements.contains(input.element) else {
      throw OperatorError(.unsupported, .operand(0), expected: names, found: "\(input.element)")
    }
    guard output.element == input.element else {
      throw OperatorError(
        .invalid, .output(0), expected: "\(input.element)", found: "\(output.element)")
    }
    try signature.requireOutput(shape: input.shape.extents)
  }

  /// A value whose numbers are all 0 or more, as functions of such numbers take it.
  static func nonNegativeValue(
    of type: TensorType, using generator: inout SplitMix64
  ) -> Bytes {
    let count = type.shape.count
    guard let codes = type.element.codes else {
      return Bytes(copying: (0..<count).map { _ in Float.random(in: 0...8, using: &generator) })
    }
    let lowest = min(max(type.zeroPoint, codes.lowerBound), codes.upperBound)
    return type.element.bytes(
      of: (0..<count).map { _ in Int32.random(in: lowest...codes.upperBound, using: &generator) })
  }
}

extension TensorType {
  /// The quantization, with zero point 0 where codes have 16 bits.
  var centeredWords: Quantization? {
    element == .int16
      ? quantization.map { Quantization(scale: $0.scales[0], zeroPoint: 0) } : quantization
  }
}

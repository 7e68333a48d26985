package import Tensor

/// ABS: the magnitude of the operand, element by element.
///
/// int8, int16 with zero point 0, float32. TensorFlow Lite Micro takes int16 that is not quantized as well, of
/// which the lowest stays what it is.
package struct Abs: Operator {
  package static let builtins = [Builtin("ABS", 101, options: 78, versions: [.int8: 2, .int16: 3])]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func version(_ signature: Signature) -> Int {
    isPlain(signature) ? 4 : builtin.version(for: signature.input(0).element)
  }

  /// Whether words of 16 bits stand for themselves.
  private func isPlain(_ signature: Signature) -> Bool {
    signature.input(0).element == .int16 && signature.input(0).quantization == nil
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1)
    if isPlain(signature) { return try Elementwise.checkNumbers(signature, [.int16]) }
    try Elementwise.check(signature, [.int8, .int16, .float32])
    try signature.requireCentered(.int16)
    try signature.requireRescaling()
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile == .tflm || !isPlain(signature)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(data: 28) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (input, output) = (signature.input(0), signature.outputs[0])
    let name = UInt64(builtin.code)
    if isPlain(signature) { return Elementwise.words([name]) { $0 < 0 ? 0 &- $0 : $0 } }
    guard let scales = signature.rescaling, let codes = output.element.codes else {
      return Elementwise.floats([name]) { $0.magnitude }
    }
    // The quotient is one in single precision.
    let multiplier = FixedPointMultiplier(Double(Float(scales.input) / Float(scales.output)))
    let (zeroPoint, outputZeroPoint) = (input.zeroPoint, output.zeroPoint)
    return Elementwise.codes(
      signature, [name] + multiplier.parameters + input.parameters + output.parameters
    ) { code in
      let scaled = multiplier.roundedTwice(abs(code &- zeroPoint)) &+ outputZeroPoint
      return min(max(scaled, codes.lowerBound), codes.upperBound)
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { $0.magnitude }
      .map { isPlain(signature) ? $0.numbers(as: signature.outputs[0]) : $0 }
  }

  /// Rounding to codes takes one step; the rest is exact, but for the lowest word that is not quantized.
  ///
  /// Codes: the shift rounds by half a step and the high multiply before it by another half at most,
  /// by a factor in single precision.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs[0]?.largestMagnitude ?? 0
    if isPlain(signature) { return largest == 32768 ? .infinity : 0x1p-20 }
    // Words have up to 2^15 steps, by a factor that is off by 2^-24 of itself.
    return signature.bound(1 + 0x1p-8, reaching: largest)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    var type = TensorType.random(
      [.int8, .int16, .float32], axes: 1...4, extents: 1...6, centered: .int16, using: &generator)
    if type.element == .int16 && Bool.random(using: &generator) { type.quantization = nil }
    return drawn(reading: type, using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(
      Abs(), reading: type,
      quantization: { output in
        guard type.element == .int16 else { return output.quantization }
        return type.quantization == nil
          ? nil : output.quantization.map { Quantization(scale: $0.scales[0], zeroPoint: 0) }
      }, using: &generator)
  }
}

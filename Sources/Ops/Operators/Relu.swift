package import Tensor

/// RELU, RELU6, RELU_N1_TO_1 and RELU_0_TO_1: the operand clamped, element by element.
///
/// int8, uint8, float32; int16 with zero point 0, for RELU and RELU6. TensorFlow Lite Micro has these two alone.
package struct Relu: Operator {
  private static let relu = Builtin(
    "RELU", 19, options: 0, versions: [.int8: 2, .uint8: 2, .int16: 3])
  private static let reluMinus1To1 = Builtin("RELU_N1_TO_1", 20, options: 0)
  private static let relu6 = Builtin("RELU6", 21, options: 0, versions: [.int8: 2, .int16: 3])
  private static let relu0To1 = Builtin("RELU_0_TO_1", 152, options: 0)
  package static let builtins = [relu, reluMinus1To1, relu6, relu0To1]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  /// The real numbers that results are clamped to.
  private var range: ClosedRange<Double> {
    switch builtin {
    case Self.relu6: 0...6
    case Self.reluMinus1To1: -1...1
    case Self.relu0To1: 0...1
    default: 0...Double.infinity
    }
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    let takesWords = [Self.relu, Self.relu6].contains(builtin)
    try Elementwise.check(
      signature, [.int8, .uint8, .float32] + (takesWords ? [.int16] : []))
    try signature.requireCentered(.int16)
    try signature.requireRescaling()
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || [Self.relu, Self.relu6].contains(builtin) && !signature.isUnsigned
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    switch builtin {
    case Self.relu: MicroMemory(data: 28)
    case Self.relu6: MicroMemory(data: 8)
    default: MicroMemory()
    }
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (input, output) = (signature.input(0), signature.outputs[0])
    guard let scales = signature.rescaling else {
      return SpecializedKernel(
        UnaryKernel(FloatClamp(low: Float(range.lowerBound), high: Float(range.upperBound))))
    }
    let name = UInt64(builtin.code)
    if builtin == Self.relu6 && !profile.rescalesRelu6 {
      let codes = input.codes(of: range)
      return Elementwise.codes(signature, [name] + input.parameters) {
        min(max($0, codes.lowerBound), codes.upperBound)
      }
    }
    let multiplier = FixedPointMultiplier(
      profile.multipliesScalesInSingle
        ? Double(Float(scales.input) / Float(scales.output)) : scales.input / scales.output)
    let codes = output.codes(of: range)
    let (zeroPoint, outputZeroPoint) = (input.zeroPoint, output.zeroPoint)
    return Elementwise.codes(
      signature, [name] + multiplier.parameters + input.parameters + output.parameters
    ) { code in
      let scaled = multiplier.roundedTwice(code &- zeroPoint) &+ outputZeroPoint
      return min(max(scaled, codes.lowerBound), codes.upperBound)
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let range = range
    return Elementwise.real(inputs) { min(max($0, range.lowerBound), range.upperBound) }
  }

  /// Rounding to codes takes one step.
  ///
  /// Codes: the shift rounds by half a step and the high multiply before it by another half at most,
  /// by a factor in single precision. Floats pass unchanged. RELU6 of two quantizations is none in the
  /// profile that does not take the result's.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let isRescaled = signature.input(0).quantization != signature.outputs[0].quantization
    if builtin == Self.relu6 && isRescaled { return .infinity }
    return signature.bound(1 + 0x1p-14, reaching: inputs[0]?.largestMagnitude ?? 0)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .int16, .float32], axes: 1...4, extents: 1...6,
        centered: .int16, using: &generator),
      using: &generator)
  }

  /// RELU6 with one quantization: of two, one profile does not take the result's.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let candidates = type.element == .int16 ? [relu, relu6] : builtins
    let builtin = candidates.randomElement(using: &generator) ?? relu
    return Elementwise.random(
      Relu(builtin), reading: type,
      quantization: { builtin == relu6 ? type.quantization : $0.centeredWords },
      using: &generator)
  }
}

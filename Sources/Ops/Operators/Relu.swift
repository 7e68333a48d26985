package import Tensor

/// RELU, RELU6 and RELU_N1_TO_1: the operand clamped, element by element.
///
/// int8, uint8, float32.
package struct Relu: Operator {
  private static let relu = Builtin(
    "RELU", 19, options: 0, versions: [.int8: 2, .uint8: 2, .int16: 3])
  private static let reluMinus1To1 = Builtin("RELU_N1_TO_1", 20, options: 0)
  private static let relu6 = Builtin("RELU6", 21, options: 0, versions: [.int8: 2, .int16: 3])
  package static let builtins = [relu, reluMinus1To1, relu6]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  /// The clamp, as an activation.
  private var activation: Activation {
    switch builtin {
    case Self.relu6: .relu6
    case Self.reluMinus1To1: .reluMinus1To1
    default: .relu
    }
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.int8, .uint8, .float32])
    try signature.requireRescaling()
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
      let range = activation.realRange
      return SpecializedKernel(
        UnaryKernel(FloatClamp(low: Float(range.lowerBound), high: Float(range.upperBound))))
    }
    if builtin == Self.relu6 && !profile.rescalesRelu6 {
      let codes = activation.codes(of: input)
      return Elementwise.table(signature) { min(max($0, codes.lowerBound), codes.upperBound) }
    }
    let multiplier = FixedPointMultiplier(
      profile.multipliesScalesInSingle
        ? Double(Float(scales.input) / Float(scales.output)) : scales.input / scales.output)
    let codes = activation.codes(of: output)
    return Elementwise.table(signature) { code in
      let scaled = multiplier.roundedTwice(code &- input.zeroPoint) &+ output.zeroPoint
      return min(max(scaled, codes.lowerBound), codes.upperBound)
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let range = activation.realRange
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
        [.int8, .int8, .uint8, .float32], axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  /// RELU6 with one quantization: of two, one profile does not take the result's.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let builtin = builtins.randomElement(using: &generator) ?? relu
    return Elementwise.random(
      Relu(builtin), reading: type,
      quantization: { builtin == relu6 ? type.quantization : $0.quantization },
      using: &generator)
  }
}

package import Tensor

/// LEAKY_RELU: the operand, or `slope` times it where it is negative.
///
/// int8, uint8, int16, float32.
package struct LeakyRelu: Operator {
  package static let builtins = [Builtin("LEAKY_RELU", 98, options: 75, versions: [.int16: 2])]

  /// The factor of negative operands; finite.
  package let slope: Float

  init(slope: Float) { self.slope = slope }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let slope = try options.float32(0, default: 0)
    guard slope.isFinite else {
      throw OptionError(slot: 0, expected: "a finite alpha, not \(slope)")
    }
    self.init(slope: slope)
  }

  package var options: OptionValues { OptionValues([0: .float32(slope)]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.int8, .uint8, .int16, .float32])
    try signature.requireRescaling(by: max(1, abs(Double(slope))))
  }

  /// LiteRT wants words of 16 bits around 0.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let (input, output) = (signature.input(0), signature.outputs[0])
    if profile == .tflm { return input.element != .uint8 }
    return input.element != .int16 || input.zeroPoint == 0 && output.zeroPoint == 0
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  /// Source: TensorFlow Lite, `reference_ops::QuantizeLeakyRelu`.
  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 4, data: 24)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (input, output) = (signature.input(0), signature.outputs[0])
    guard let scales = signature.rescaling, let codes = output.element.codes else {
      return SpecializedKernel(UnaryKernel(FloatLeakyRelu(slope: slope)))
    }
    func factor(_ slope: Float) -> FixedPointMultiplier {
      FixedPointMultiplier(
        profile.multipliesScalesInSingle
          ? Double(Float(scales.input) * slope / Float(scales.output))
          : scales.input * Double(slope) / scales.output)
    }
    let function = CodeLeakyRelu(
      positive: factor(1), negative: factor(slope.magnitude), sign: slope < 0 ? -1 : 1,
      inputZeroPoint: input.zeroPoint, outputZeroPoint: output.zeroPoint, codes: codes)
    if output.element == .int16 { return SpecializedKernel(UnaryKernel(function)) }
    return Elementwise.table(signature) { function.code(of: $0) }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { $0 >= 0 ? $0 : Double(slope) * $0 }
  }

  /// Rounding to codes takes one step, a float product one rounding.
  ///
  /// Codes: the shift rounds by half a step and the high multiply before it by another half at most,
  /// by a factor in single precision. Floats: one rounding.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let (largest, slope) = (inputs[0]?.largestMagnitude ?? 0, Double(abs(slope)))
    if signature.rescaling != nil {
      return signature.bound(1 + 0x1p-14, reaching: largest * max(1, slope))
    }
    return largest * slope * 0x1p-24
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .int16, .float32], axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(
      LeakyRelu(slope: Float.random(in: -0.5...1.5, using: &generator)), reading: type,
      using: &generator)
  }
}

private struct FloatLeakyRelu: UnaryFunction {
  let slope: Float

  func addParameters(to hash: inout SipHash) {
    hash.add(slope)
  }

  @inline(__always)
  func callAsFunction(_ x: Float) -> Float { x > 0 ? x : x * slope }
}

/// Codes rescaled by one factor from the zero point on, and by another below it.
private struct CodeLeakyRelu: UnaryFunction {
  let positive: FixedPointMultiplier
  /// A slope below 0 changes the sign of what its magnitude makes, ties included.
  let negative: FixedPointMultiplier
  let sign: Int32
  let inputZeroPoint: Int32
  let outputZeroPoint: Int32
  let codes: ClosedRange<Int32>

  func addParameters(to hash: inout SipHash) {
    hash.add(positive)
    hash.add(negative)
    hash.add(sign)
    hash.add(inputZeroPoint)
    hash.add(outputZeroPoint)
    hash.add(codes)
  }

  @inline(__always)
  func code(of x: Int32) -> Int32 {
    let difference = x &- inputZeroPoint
    let scaled =
      difference >= 0
      ? positive.roundedTwice(difference) : sign &* negative.roundedTwice(difference)
    return min(max(scaled &+ outputZeroPoint, codes.lowerBound), codes.upperBound)
  }

  @inline(__always)
  func callAsFunction(_ x: Int16) -> Int16 { Int16(truncatingIfNeeded: code(of: Int32(x))) }
}

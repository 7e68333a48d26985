package import Tensor

/// SQRT and RSQRT: the square root and its reciprocal, element by element.
///
/// float32; int8, and int16 with zero point 0, of numbers that are not negative. SQRT of codes is LiteRT's alone.
package struct Sqrt: Operator {
  private static let root = Builtin("SQRT", 75, options: 0, versions: [.int8: 2, .int16: 2])
  private static let reciprocal = Builtin("RSQRT", 76, options: 0, versions: [.int8: 2, .int16: 3])
  package static let builtins = [root, reciprocal]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  private var isReciprocal: Bool { builtin == Self.reciprocal }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.int8, .int16, .float32])
    try signature.requireCentered(.int16)
    guard let scales = signature.rescaling, isReciprocal else { return }
    let factor = Self.factor(scales)
    guard FixedPointMultiplier.isRepresentable(factor), factor >= 0x1p-11 else {
      throw OperatorError(
        .unsupported, .output(0),
        expected: "a root of the input scale times the output scale in 2^-30...2^11",
        found: "\(1 / factor)")
    }
  }

  /// Steps of the result per reciprocal root of a step of the operand.
  private static func factor(_ scales: (input: Double, output: Double)) -> Double {
    1 / Double(Float(scales.input).squareRoot() * Float(scales.output))
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    isReciprocal || profile != .tflm || signature.input(0).element == .float32
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    Elementwise.nonNegativeValue(of: signature.input(0), using: &generator)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(data: isReciprocal ? 28 : 0)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (input, output) = (signature.input(0), signature.outputs[0])
    let name = UInt64(builtin.code)
    guard let scales = signature.rescaling, let codes = output.element.codes else {
      return isReciprocal
        ? Elementwise.floats([name]) { 1 / $0.squareRoot() }
        : Elementwise.floats([name]) { $0.squareRoot() }
    }
    let parameters = [name] + input.parameters + output.parameters
    let (zeroPoint, outputZeroPoint) = (input.zeroPoint, output.zeroPoint)
    let (scale, outputScale) = (Float(scales.input), Float(scales.output))
    if !isReciprocal {
      return Elementwise.codes(signature, parameters) { code in
        let number = scale * Float(code &- zeroPoint)
        let steps = (number.squareRoot() / outputScale).truncatedToWord &+ outputZeroPoint
        return min(max(steps, codes.lowerBound), codes.upperBound)
      }
    }
    if output.element == .int16 && profile.interpolatesReciprocalRoots {
      return FunctionTable.kernel(signature) { number in
        number <= 0 ? 32767 * outputScale : 1 / number.squareRoot()
      }
    }
    let multiplier = FixedPointMultiplier(Self.factor(scales))
    return Elementwise.codes(signature, parameters) { code in
      let difference = code &- zeroPoint
      if difference <= 0 { return codes.upperBound }
      let root = FixedPoint.reciprocalRoot(of: difference)
      let scaled = multiplier.scaled(byPowerOfTwo: -20).roundedTwice(root) &+ outputZeroPoint
      return min(max(scaled, codes.lowerBound), codes.upperBound)
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { isReciprocal ? 1 / $0.squareRoot() : $0.squareRoot() }
  }

  /// A root of codes is cut off to whole steps, its reciprocal rounded; of words of 16 bits nothing is said.
  ///
  /// Floats: one rounding, or two. Codes: a number and its root are off by 2^-22 of themselves, so that up to
  /// 256 steps are by 2^-14 of one; a reciprocal root has 20 bits after the point, and is scaled by two
  /// roundings. A result of 2^29 steps or more is no code.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let numbers = inputs[0]?.values ?? []
    guard let scales = signature.rescaling else {
      let smallest = numbers.lazy.filter { $0 > 0 }.min() ?? 1
      let largest = isReciprocal ? 1 / smallest : numbers.max() ?? 0
      return max(largest, 0).squareRoot() * 0x1p-22
    }
    if signature.outputs[0].element == .int16 { return .infinity }
    if isReciprocal {
      let factor = Self.factor(scales)
      return factor < 0x1p10 ? 1 + factor * 0x1p-17 : .infinity
    }
    return (numbers.max() ?? 0) < 0x1p58 * scales.output * scales.output
      ? 1 + 0x1p-12 : .infinity
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int16, .float32], axes: 1...4, extents: 1...6, centered: .int16,
        using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(
      Sqrt(builtins.randomElement(using: &generator) ?? root), reading: type,
      quantization: { $0.centeredWords }, using: &generator)
  }
}

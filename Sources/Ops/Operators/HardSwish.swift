package import Tensor

/// HARD_SWISH: x times x + 3, that clamped to 0...6, by 6, element by element.
///
/// int8, float32; uint8, which LiteRT alone has.
package struct HardSwish: Operator {
  package static let builtins = [Builtin("HARD_SWISH", 117, options: 91)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.int8, .uint8, .float32])
    guard let scales = signature.rescaling else { return }
    let range = -15...30
    guard scales.input < 0x1p20, scales.input < 128 * scales.output,
      let factors = CodeHardSwish.factors(input: scales.input, output: scales.output),
      range.contains(factors.gate.exponent), (-15...0).contains(factors.output.exponent)
    else {
      throw OperatorError(
        .unsupported, .output(0),
        expected: "an input scale in 2^-22..<2^20, 2^-9 to 128 of the output scale",
        found: "\(scales.input) and \(scales.output)")
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(data: 20) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    guard let scales = signature.rescaling,
      let factors = CodeHardSwish.factors(input: scales.input, output: scales.output)
    else {
      return Elementwise.floats([UInt64(builtin.code)]) { x in
        let raised = x + 3 > 0 ? x + 3 : 0
        return x * (raised < 6 ? raised : 6) / 6
      }
    }
    let (input, output) = (signature.input(0), signature.outputs[0])
    let function = CodeHardSwish(
      output: factors.output, gate: factors.gate, inputZeroPoint: input.zeroPoint,
      outputZeroPoint: output.zeroPoint, codes: output.element.codes ?? 0...0)
    return Elementwise.table(signature) { function.code(of: $0) }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { $0 * min(6, max(0, $0 + 3)) / 6 }
  }

  /// Four roundings of floats.
  ///
  /// Codes: the operand and the gate are words of 15 bits below the result's last shift, the
  /// factors have as many, and each of six operations on the way is off by one unit, twice where a
  /// shift to the left follows; then that shift rounds. Without a shift words may wrap, and nothing
  /// is said.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs[0]?.largestMagnitude ?? 0
    guard let scales = signature.rescaling,
      let factors = CodeHardSwish.factors(input: scales.input, output: scales.output)
    else { return largest * (largest + 3) * 0x1p-22 }
    let exponent = factors.output.exponent
    return exponent == 0
      ? .infinity : 0.5 + 12 * Double(sign: .plus, exponent: exponent, significand: 1)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .uint8, .float32], axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(HardSwish(), reading: type, using: &generator)
  }
}

/// The operator in words of 16 bits.
///
/// Source: TensorFlow Lite, `reference_ops::HardSwish` and `HardSwishPrepare`.
private struct CodeHardSwish {
  /// A factor of 15 bits, times a power of two.
  struct Factor {
    let significand: Int16
    let exponent: Int

    init?(_ real: Float) {
      guard FixedPointMultiplier.isRepresentable(Double(real)) else { return nil }
      let multiplier = FixedPointMultiplier(Double(real))
      significand =
        multiplier.significand >= 0x7FFF_7FFF
        ? .max : Int16((multiplier.significand + 0x8000) >> 16)
      exponent = multiplier.exponent
    }
  }

  /// From 128ths of the operand's steps to those of the result.
  let output: Factor
  /// From 128ths of the operand's steps to those of 2^-15 of 3.
  let gate: Factor
  let inputZeroPoint: Int32
  let outputZeroPoint: Int32
  let codes: ClosedRange<Int32>

  static func factors(input: Double, output: Double) -> (output: Factor, gate: Factor)? {
    let fine = Float(0x1p-7) * Float(input)
    guard let output = Factor(fine / Float(output)), let gate = Factor(fine / (3 / 32768)) else {
      return nil
    }
    return (output, gate)
  }

  func code(of x: Int32) -> Int32 {
    let fine = Int16(truncatingIfNeeded: (x &- inputZeroPoint) &* 128)
    let product = Int32(FixedPoint16.multiplyHigh(fine, output.significand))
    // (x + 3) / 6 as a fraction.
    let share = Int32(Int16(truncatingIfNeeded: (Int32(gateValue(fine)) + 32768) >> 1))
    let gated = share * product / 32768
    let shifted = Int16(
      truncatingIfNeeded: FixedPoint.divide(gated, byPowerOfTwo: -output.exponent))
    let result = Int32(shifted &+ Int16(truncatingIfNeeded: outputZeroPoint))
    return min(max(result, codes.lowerBound), codes.upperBound)
  }

  /// x / 3 as a fraction, saturated.
  private func gateValue(_ fine: Int16) -> Int16 {
    let exponent = gate.exponent
    if exponent > 0 {
      let shifted = Int16(clamping: Int64(fine) << Int64(exponent - 1))
      let scaled = FixedPoint16.multiplyHigh(shifted, gate.significand)
      return Int16(clamping: Int32(scaled) * 2)
    }
    let scaled = FixedPoint16.multiplyHigh(fine, gate.significand)
    return Int16(
      truncatingIfNeeded: FixedPoint.divide(Int32(scaled), byPowerOfTwo: -exponent))
  }
}

internal import Glibc
package import Tensor

/// LOGISTIC and TANH: 1 / (1 + exp(-x)) and tanh(x), element by element.
///
/// int8 and uint8 with output scale 1/256 and the lowest code as zero point, or 1/128 and the middle one; int16
/// with output scale 2^-15 and zero points 0; float32. Of uint8 the table is the only kernel there is.
package struct Logistic: Operator {
  private static let logistic = Builtin(
    "LOGISTIC", 14, options: 0, versions: [.int8: 2, .int16: 3])
  private static let tanh = Builtin("TANH", 28, options: 0, versions: [.int8: 2, .int16: 3])
  package static let builtins = [logistic, tanh]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  private var isTanh: Bool { builtin == Self.tanh }

  /// The quantization that results of codes have.
  private func quantization(_ element: ElementType) -> Quantization {
    if element == .int16 { return Quantization(scale: 1 / 32768, zeroPoint: 0) }
    let lowest = element.codes?.lowerBound ?? 0
    return isTanh
      ? Quantization(scale: 1 / 128, zeroPoint: lowest + 128)
      : Quantization(scale: 1 / 256, zeroPoint: lowest)
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.int8, .uint8, .int16, .float32])
    try signature.requireCentered(.int16)
    let element = signature.input(0).element
    guard let input = signature.input(0).quantization, element != .float32 else { return }
    let quantization = quantization(element)
    guard signature.outputs[0].quantization == quantization else {
      throw OperatorError(
        .unsupported, .output(0),
        expected: "scale \(quantization.scales[0]) and zero point \(quantization.zeroPoints[0])",
        found: "others")
    }
    let limit: Float = element == .int16 ? 8 / 3 : 8
    guard (0x1p-26..<limit).contains(input.scales[0]) else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "a scale in 2^-26..<\(limit)",
        found: "\(input.scales[0])")
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(data: 16)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let input = signature.input(0)
    guard input.element != .float32, let quantization = input.quantization else {
      return isTanh
        ? SpecializedKernel(UnaryKernel(FloatTanh()))
        : SpecializedKernel(UnaryKernel(FloatLogistic()))
    }
    let (scale, zeroPoint) = (quantization.scales[0], quantization.zeroPoints[0])
    if input.element == .int16 {
      let position = SigmoidPosition(scale: scale, isTanh: isTanh)
      let parameters = [UInt64(builtin.code)] + position.parameters
      return isTanh
        ? Elementwise.words(parameters) { SigmoidTable.tanh(position: position.of($0)) }
        : Elementwise.words(parameters) { SigmoidTable.logistic(position: position.of($0)) }
    }
    let isTabulated = profile.tabulatesSigmoids || input.element == .uint8
    return Elementwise.table(signature) { code in
      isTabulated
        ? rounded(scale * Float(code - zeroPoint), signature.outputs[0])
        : fixedPoint(code - zeroPoint, scale: scale)
    }
  }

  /// The code of the function in floats, rounded to nearest, ties away from zero.
  ///
  /// Source: TensorFlow Lite, `LUTPopulate` of `activations.cc`.
  private func rounded(_ x: Float, _ type: TensorType) -> Int32 {
    let (value, codes) = (isTanh ? tanhf(x) : 1 / (1 + expf(-x)), type.element.codes ?? 0...0)
    let scale = quantization(type.element).scales[0]
    let steps = Int32((value * (1 / scale)).rounded(.toNearestOrAwayFromZero))
    return min(max(steps + type.zeroPoint, codes.lowerBound), codes.upperBound)
  }

  /// How many steps of an operand reach the limit of the fixed point: 15, in powers of two of steps.
  private static func radius(_ multiplier: FixedPointMultiplier) -> Int32 {
    Int32((15 * exp2(Double(27 - multiplier.exponent))).rounded(.down))
  }

  /// The code of the function in fixed point, with four integer bits of the operand.
  ///
  /// Source: TensorFlow Lite, `reference_integer_ops::Logistic` and `Tanh`.
  private func fixedPoint(_ difference: Int32, scale: Float) -> Int32 {
    let multiplier = FixedPointMultiplier(Double(scale) * 0x1p27)
    let radius = Self.radius(multiplier)
    if difference <= -radius { return -128 }
    if difference >= radius { return 127 }
    let x = multiplier.roundedTwice(difference)
    let code =
      isTanh
      ? FixedPoint.divide(FixedPoint.tanh(x), byPowerOfTwo: 24)
      : FixedPoint.divide(FixedPoint.logistic(x), byPowerOfTwo: 23) - 128
    return min(max(code, -128), 127)
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { isTanh ? Glibc.tanh($0) : 1 / (1 + exp(-$0)) }
  }

  /// The function is rounded once.
  ///
  /// Words of 16 bits: between the entries of the table, which are 1/24 apart, a logistic is off by 0.7 steps, at
  /// its end by 0.8, and by 0.7 for the roundings; an operand's factor is cut to 14 bits, or off by 2^-10 next
  /// to a power of two, which is 8 steps at most. A hyperbolic tangent is twice as far off.
  ///
  /// Codes: rounded once, from a value that is exact to 2^-16 of a step; or its limit, from the radius
  /// of the fixed point on, 1 where steps are large: as far off as the function is from its limit
  /// there. Floats: two roundings of numbers up to 1, and the library's functions are within one unit
  /// in the last place.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    guard signature.outputs[0].element != .float32, let scale = signature.rescaling?.input else {
      // Below -9 exp(x) takes the place of exp(x) / (1 + exp(x)).
      return 0x1p-22 + exp(-18)
    }
    if signature.outputs[0].element == .int16 { return isTanh ? 22 : 11 }
    let reach = Double(Self.radius(FixedPointMultiplier(scale * 0x1p27))) * scale
    let rest = isTanh ? 128 * (1 - Glibc.tanh(reach)) : 256 / (1 + exp(reach))
    return max(0.5 + 0x1p-12, rest + 0x1p-12)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .int16, .float32], axes: 1...4, extents: 1...6,
        centered: .int16, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let operation = Logistic(builtins.randomElement(using: &generator) ?? logistic)
    return Elementwise.random(
      operation, reading: type, quantization: { operation.quantization($0.element) },
      using: &generator)
  }
}

/// Where a word of 16 bits lies in the table of sigmoids.
///
/// Source: TensorFlow Lite, `CalculateArithmeticOpData` of `tanh.cc`, `logistic_common.cc`.
private struct SigmoidPosition {
  private let multiplier: Int32
  private let rightShift: Int32

  /// Words are steps of `scale`, in 2^-26..<8/3.
  ///
  /// A scale that is next to a power of two is taken for it where no bits are lost.
  init(scale: Float, isTanh: Bool) {
    let logarithm = logf(scale) * (1 / logf(2))
    let power = logarithm.rounded(.toNearestOrAwayFromZero)
    let shift = 12 + Int(power)
    if abs(logarithm - power) < 1e-3 && (shift == 0 || isTanh && shift == 1) {
      (multiplier, rightShift) = (3 << Int32(shift), 0)
      return
    }
    var (factor, doublings) = (Double(scale) * 4096 * 3, 0 as Int32)
    while factor <= 32767 / 2 && doublings <= 30 {
      factor *= 2
      doublings += 1
    }
    (multiplier, rightShift) = (Int32(factor), doublings)
  }

  var parameters: [UInt64] {
    [UInt64(truncatingIfNeeded: multiplier), UInt64(truncatingIfNeeded: rightShift)]
  }

  func of(_ x: Int16) -> Int32 {
    let round: Int32 = rightShift > 0 ? 1 << (rightShift - 1) : 0
    return (Int32(x) * multiplier + round) >> rightShift
  }
}

/// Cut off where the result is 1, and where it is exp(x), as floats have it.
///
/// Source: TensorFlow Lite, `reference_ops::Logistic`.
struct FloatLogistic: UnaryFunction {
  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func callAsFunction(_ x: Float) -> Float {
    if x > 16.619_047 { return 1 }
    return x < -9 ? expf(x) : 1 / (1 + expf(-x))
  }
}

private struct FloatTanh: UnaryFunction {
  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func callAsFunction(_ x: Float) -> Float { tanhf(x) }
}

package import Tensor

/// DIV: the quotient of two tensors, element by element, with broadcasting.
///
/// int8, uint8, int16, float32; int32 that stands for itself, truncated towards zero. Nothing is divided by
/// 0 but floats: the reference implementations stop, or fail, where a divisor is 0; here the quotient is 0. So it
/// is where int32 does not hold it.
package struct Div: Operator {
  package static let builtins = [Builtin("DIV", 42, options: 29)]

  /// The range that results are clamped to.
  package let activation: Activation

  init(activation: Activation) { self.activation = activation }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(activation: try Activation(options, slot: 0))
  }

  package var options: OptionValues { OptionValues([0: .int8(activation.rawValue)]) }

  package func version(_ signature: Signature) -> Int {
    let (left, right) = (signature.input(0).shape, signature.input(1).shape)
    return left != right && max(left.rank, right.rank) > 4 ? 2 : 1
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Broadcasting.check(signature, [.int8, .uint8, .int16, .float32], plain: [.int32])
    try signature.requireRange(of: activation)
    guard let factor = factor(signature, isSingle: true) else { return }
    // The last shift is to the right for every quotient.
    let limit = signature.input(0).element == .int16 ? 0x1p15 : 0x1p23
    guard factor < limit / 2, factor > 0x1p-29 else {
      throw OperatorError(
        .unsupported, .output(0),
        expected: "input scale / (divisor's scale * output scale) in 2^-29..<\(limit / 2)",
        found: "\(factor)")
    }
  }

  /// The scale of quotients of codes in steps of the result.
  private func factor(_ signature: Signature, isSingle: Bool) -> Double? {
    signature.pairScales.map { scales in
      isSingle
        ? Double(Float(scales.left) / (Float(scales.right) * Float(scales.output)))
        : scales.left / (scales.right * scales.output)
    }
  }

  /// One has no codes but int8.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    switch signature.input(0).element {
    case .int8, .float32: true
    case .int32:
      profile != .tflm || signature.inputs.allSatisfy { $0?.type.quantization == nil }
    default: profile != .tflm
    }
  }

  /// No divisor is 0, and no dividend the least number, which -1 would divide to one that int32 lacks.
  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    Quotients.randomValue(
      of: operand, signature.input(operand), zero: signature.input(operand).zeroPoint,
      using: &generator)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Broadcasting.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 4, data: 28)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let access = access(signature, output: 0)
    switch signature.input(0).element {
    case .float32:
      let (clamp, range) = (FloatClamp(activation), activation.realRange)
      return Pairwise.kernel(
        access, [range.lowerBound.bitPattern, range.upperBound.bitPattern]
      ) { (x: Float, y: Float) -> Float in clamp(x / y) }
    case .int32:
      let range = activation.integers(Int32.self)
      return Pairwise.kernel(
        access, [UInt64](parameters: [range.lowerBound, range.upperBound])
      ) { (x: Int32, y: Int32) -> Int32 in
        let (quotient, isUndefined) = x.dividedReportingOverflow(by: y)
        return range.clamp(isUndefined ? 0 : quotient)
      }
    case .int8: return codes(Int8.self, signature, access, profile)
    case .uint8: return codes(UInt8.self, signature, access, profile)
    default: return codes(Int16.self, signature, access, profile)
    }
  }

  private func codes<Code: FixedWidthInteger & Stored>(
    _ type: Code.Type, _ signature: Signature, _ access: Access, _ profile: Profile
  ) -> any Kernel {
    let (left, right) = (signature.input(0).zeroPoint, signature.input(1).zeroPoint)
    let output = signature.outputs[0].zeroPoint
    let multiplier = FixedPointMultiplier(
      factor(signature, isSingle: profile.multipliesScalesInSingle) ?? 1)
    let range = activation.codes(of: signature.outputs[0])
    return Pairwise.kernel(
      access,
      multiplier.parameters
        + [UInt64](parameters: [left, right, output, range.lowerBound, range.upperBound])
    ) { (x: Code, y: Code) -> Code in
      let quotient = Quotients.divide(Int32(x) &- left, by: Int32(y) &- right, times: multiplier)
      return Code(truncatingIfNeeded: range.clamp(quotient &+ output))
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let range = activation.realRange
    return Broadcasting.real(inputs, signature) {
      let quotient = signature.input(0).element == .int32 ? ($0 / $1).rounded(.towardZero) : $0 / $1
      return min(max(quotient, range.lowerBound), range.upperBound)
    }
  }

  /// Floats take one rounding, codes two steps where no quotient is smaller than that.
  ///
  /// Codes: the reciprocal is off by 2^-28 of its value, the high multiplies and the shift by less than a step
  /// each. The shift of a quotient below a step may exceed 31 bits, which leaves nothing of it defined.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    guard let dividends = inputs[0], let divisors = inputs[1],
      !divisors.values.contains(0)
    else { return .infinity }
    let smallest = divisors.values.lazy.map(abs).min() ?? 1
    let largest = dividends.largestMagnitude / smallest
    guard let scales = signature.pairScales else {
      return signature.input(0).element == .float32
        ? largest * 0x1p-24 : signature.wrappingBound(reaching: largest)
    }
    let least = (dividends.values.lazy.map(abs).min() ?? 0) / divisors.largestMagnitude
    return least < 4 * scales.output ? .infinity : signature.bound(2 + 0x1p-10, reaching: largest)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let example = drawn(
      reading: .random(
        [.int8, .int8, .uint8, .int16, .int32, .float32], axes: 1...4, extents: 1...6,
        using: &generator),
      using: &generator)
    return Quotients.withComputedDivisor(example, using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    var example = Quotients.random(
      Div(activation: Activation.allCases.randomElement(using: &generator) ?? .none), type,
      using: &generator
    ) { operand, generator in
      Quotients.randomValue(of: 1, operand, zero: operand.zeroPoint, using: &generator)
    }
    if let scales = example?.signature.pairScales {
      example?.signature.outputs[0].quantization = .random(
        type.element, near: Float(scales.left / scales.right / 16), using: &generator)
    }
    return example
  }
}

/// What operators that divide have in common.
enum Quotients {
  /// A dividend over a divisor times a factor: 0 for the divisor 0.
  ///
  /// Source: TensorFlow Lite, `reference_ops::DivElementwise`. The last shift of a small quotient is by more
  /// than 31 bits; it wraps, as on x86.
  static func divide(
    _ dividend: Int32, by divisor: Int32, times multiplier: FixedPointMultiplier
  ) -> Int32 {
    if divisor == 0 { return 0 }
    let (x, y) = divisor < 0 ? (0 &- dividend, 0 &- divisor) : (dividend, divisor)
    let leading = y.leadingZeroBitCount
    let fraction = Int32(bitPattern: (UInt32(bitPattern: y) &<< UInt32(leading)) &- (1 << 31))
    let inverse = FixedPoint.reciprocal(ofOnePlus: fraction)
    let headroom = (x < 0 ? ~x : x).leadingZeroBitCount - 1
    let quotient = FixedPoint.multiplyHigh(x &<< Int32(headroom), inverse)
    return FixedPoint.divide(
      FixedPoint.multiplyHigh(quotient, multiplier.significand),
      byPowerOfTwo: 31 - leading + headroom - multiplier.exponent)
  }

  /// An operation that reads an operand of a type as operand 0; operand 1, for which not all values are defined,
  /// is a constant that `value` makes.
  static func random(
    _ operation: some Operator, _ type: TensorType, using generator: inout SplitMix64,
    _ value: (TensorType, inout SplitMix64) -> Bytes?
  ) -> Example? {
    guard var example = Broadcasting.random(operation, reading: type, using: &generator) else {
      return nil
    }
    let first = example.signature.inputs[0]
    if first?.constant != nil || first?.type != type { example.signature.inputs.swapAt(0, 1) }
    let constant = value(example.signature.input(1), &generator)
    example.signature.inputs[1]?.constant = constant
    return example
  }

  /// The operation, operand 1 at times computed.
  static func withComputedDivisor(
    _ example: Example, using generator: inout SplitMix64
  ) -> Example {
    var example = example
    if Bool.random(using: &generator) { example.signature.inputs[1]?.constant = nil }
    return example
  }

  /// Random elements: of operand 1 none that stands for 0, of operand 0 none that is the least number of its
  /// type; `nil` for elements of another operand.
  static func randomValue(
    of operand: Int, _ type: TensorType, zero: Int32, using generator: inout SplitMix64
  ) -> Bytes? {
    let count = type.shape.count
    switch type.element {
    case .float32:
      guard operand == 1 else { return nil }
      return Bytes(
        copying: (0..<count).map { _ in
          Float.random(in: 0.01...4, using: &generator) * (Bool.random(using: &generator) ? 1 : -1)
        })
    case .int64:
      return Bytes(
        copying: (0..<count).map { _ -> Int64 in
          let number =
            Int64.random(in: .min + 1 ... .max, using: &generator)
            >> Int64.random(
              in: 0...60, using: &generator)
          return number == 0 && operand == 1 ? 1 : number
        })
    default:
      guard let codes = type.element.codes else { return nil }
      let range = codes.lowerBound + 1...codes.upperBound
      let numbers = (0..<count).map { _ -> Int32 in
        var number = Int32.random(in: range, using: &generator)
        if type.element == .int32 { number >>= Int32.random(in: 0...30, using: &generator) }
        guard number == zero, operand == 1 else { return number }
        return zero < codes.upperBound ? zero + 1 : zero - 1
      }
      return type.element.bytes(of: numbers)
    }
  }
}

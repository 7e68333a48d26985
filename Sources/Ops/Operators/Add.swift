internal import Glibc
package import Tensor

/// ADD and SUB: the sum or difference of two tensors, element by element, with broadcasting.
///
/// int8, uint8, int16, float32; integers of 16, 32 and 64 bits that stand for themselves, which wrap. One of the
/// two references shifts codes of int16 where scales are powers of two and the options say so.
package struct Add: Operator {
  private static let sum = Builtin("ADD", 0, options: 11, versions: [.int8: 2, .int64: 4])
  private static let difference = Builtin("SUB", 41, options: 28, versions: [.int8: 2, .int64: 4])
  package static let builtins = [sum, difference]

  package let builtin: Builtin
  /// The range that results are clamped to.
  package let activation: Activation
  /// Whether scales of int16 that are powers of two are applied as shifts.
  package let shiftsPowersOfTwo: Bool

  init(_ builtin: Builtin, activation: Activation, shiftsPowersOfTwo: Bool) {
    self.builtin = builtin
    self.activation = activation
    self.shiftsPowersOfTwo = shiftsPowersOfTwo
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(
      builtin, activation: try Activation(options, slot: 0),
      shiftsPowersOfTwo: try options.bool(1, default: true))
  }

  package var options: OptionValues {
    OptionValues([0: .int8(activation.rawValue), 1: .bool(shiftsPowersOfTwo)])
  }

  package func version(_ signature: Signature) -> Int {
    let (left, right) = (signature.input(0), signature.input(1))
    let isSum = builtin == Self.sum
    if left.element == .int16 {
      if left.quantization == nil { return 5 }
      return shiftsPowersOfTwo ? 1 : isSum ? 3 : 5
    }
    let isDeep = left.shape != right.shape && max(left.shape.rank, right.shape.rank) > 4
    return max(isDeep && !isSum ? 3 : 1, builtin.version(for: left.element))
  }

  /// What operand 1 is multiplied by.
  fileprivate var sign: Int32 { builtin == Self.difference ? -1 : 1 }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Broadcasting.check(
      signature, [.int8, .uint8, .int16, .float32],
      plain: builtin == Self.sum ? [.int16, .int32, .int64] : [.int32, .int64])
    try signature.requireRange(of: activation)
    try signature.requireCentered(.int16)
    guard let scales = signature.pairScales else { return }
    // Both refuse factors of sums from 1 on.
    let factor = sumFactor(scales, bits: signature.outputs[0].element == .int16 ? 15 : 20)
    guard factor < 1, FixedPointMultiplier(factor).exponent <= 0 else {
      throw OperatorError(
        .invalid, .output(0),
        expected: "twice the largest input scale / output scale below 2^20, or 2^15 of int16",
        found: "\(2 * max(scales.left, scales.right) / scales.output)")
    }
  }

  /// What sums with so many more bits are multiplied by.
  fileprivate func sumFactor(
    _ scales: (left: Double, right: Double, output: Double), bits: Int
  ) -> Double { 2 * max(scales.left, scales.right) / (Double(1 << bits) * scales.output) }

  /// One takes codes and plain integers of 32 bits, the other one also wider ones, and shifts one operand at
  /// most.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    if profile.shiftsPowersOfTwo {
      guard let shifts = shifts(signature) else { return true }
      let isBroadcast = signature.input(0).shape != signature.input(1).shape
      return min(shifts.left, shifts.right) == 0
        && (0...15).contains(max(shifts.left, shifts.right))
        && !(isBroadcast && builtin == Self.sum)
    }
    switch signature.input(0).element {
    case .int8, .float32: return true
    case .int16: return signature.pairScales != nil
    case .int32: return signature.inputs.allSatisfy { $0?.type.quantization == nil }
    default: return false
    }
  }

  /// By how many bits codes of the operands are shifted right; `nil` where they are multiplied.
  ///
  /// Source: TensorFlow Lite, `CheckedLog2`.
  private func shifts(_ signature: Signature) -> (left: Int, right: Int)? {
    guard shiftsPowersOfTwo, signature.input(0).element == .int16, let scales = signature.pairScales
    else { return nil }
    let logarithms = [scales.left, scales.right, scales.output].map {
      logf(Float($0)) * (1 / logf(2))
    }
    let rounded = logarithms.map { $0.rounded(.toNearestOrAwayFromZero) }
    guard zip(logarithms, rounded).allSatisfy({ abs($0 - $1) < 1e-3 }) else { return nil }
    return (Int(rounded[2] - rounded[0]), Int(rounded[2] - rounded[1]))
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Broadcasting.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 8, data: builtin == Self.sum ? 64 : 52)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let access = access(signature, output: 0)
    switch signature.outputs[0].element {
    case .float32:
      return SpecializedKernel(
        BinaryKernel(FloatSum(sign: Float(sign), clamp: FloatClamp(activation)), access))
    case .uint8:
      return SpecializedKernel(
        BinaryKernel(CodeSum<UInt8>(signature, self), access))
    case .int16 where signature.pairScales == nil: return wrapping(Int16.self, access, profile)
    case .int16:
      if profile.shiftsPowersOfTwo, let shifts = shifts(signature) {
        return shifting(shifts, codes: activation.codes(of: signature.outputs[0]), access)
      }
      return SpecializedKernel(
        BinaryKernel(CodeSum<Int16>(signature, self), access))
    case .int32: return wrapping(Int32.self, access, profile)
    case .int64: return wrapping(Int64.self, access, profile)
    case .int8:
      return SpecializedKernel(
        BinaryKernel(CodeSum<Int8>(signature, self), access))
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  /// Integers that stand for themselves.
  private func wrapping<Number: FixedWidthInteger & Stored>(
    _ type: Number.Type, _ access: Access, _ profile: Profile
  ) -> any Kernel {
    let isSum = sign > 0
    let isClamped = !isSum || profile.clampsIntegerSums
    let range = isClamped ? activation.integers(type) : Number.min...Number.max
    return Pairwise.kernel(
      access,
      [
        UInt64(parameter: sign), UInt64(parameter: range.lowerBound),
        UInt64(parameter: range.upperBound),
      ]
    ) { (x: Number, y: Number) -> Number in range.clamp(isSum ? x &+ y : x &- y) }
  }

  /// Codes of int16, each shifted to the scale of the result; their sum is saturated.
  ///
  /// Source: TensorFlow Lite, `reference_ops::Add` and `Sub16` of int16.
  private func shifting(
    _ shifts: (left: Int, right: Int), codes: ClosedRange<Int32>, _ access: Access
  ) -> any Kernel {
    let sign = sign
    return Pairwise.kernel(
      access,
      [UInt64(parameter: shifts.left), UInt64(parameter: shifts.right)]
        + [UInt64](parameters: [sign, codes.lowerBound, codes.upperBound])
    ) { (x: Int16, y: Int16) -> Int16 in
      let sum =
        FixedPoint.divide(Int32(x), byPowerOfTwo: shifts.left)
        &+ sign &* FixedPoint.divide(Int32(y), byPowerOfTwo: shifts.right)
      return Int16(truncatingIfNeeded: codes.clamp(sum))
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let range = activation.realRange
    return Broadcasting.real(inputs, signature) {
      min(max($0 + Double(sign) * $1, range.lowerBound), range.upperBound)
    }
  }

  /// Codes take one step and two units of the shared scale, floats one rounding.
  ///
  /// Codes: one step, and two units of the shared scale. The final scaling rounds by half a step, its
  /// high multiply by another half at most. Each scaled operand is off by one unit of
  /// `2 * largest scale / 2^20` (2^15 for int16) at most, and so is the result by two. Floats: one
  /// rounding. Shifted codes: half a step, or more where a scale is only nearly a power of two.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs.reduce(0) { $0 + ($1?.largestMagnitude ?? 0) }
    if signature.outputs[0].element == .float32 { return largest * 0x1p-24 }
    guard let scales = signature.pairScales else {
      // One of the references ignores the activation of a sum.
      return activation == .none || builtin != Self.sum
        ? signature.wrappingBound(reaching: largest) : .infinity
    }
    if shifts(signature) != nil,
      [scales.left, scales.right, scales.output].contains(where: { $0.significand != 1 })
    {
      return .infinity
    }
    let units = signature.outputs[0].element == .int16 ? 0x1p-13 : 0x1p-18
    return signature.bound(
      1 + units * max(scales.left, scales.right) / scales.output + 0x1p-14, reaching: largest)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    var type = TensorType.random(
      [.int8, .int8, .uint8, .int16, .int16, .int32, .int64, .float32], axes: 1...4, extents: 1...6,
      centered: .int16, using: &generator)
    if type.element == .int16, let scale = type.quantization?.scales[0],
      Bool.random(using: &generator)
    {
      type.quantization = Quantization(scale: scale.binade, zeroPoint: 0)
    }
    return drawn(reading: type, using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let operation = Add(
      builtins.randomElement(using: &generator) ?? sum,
      activation: Activation.allCases.randomElement(using: &generator) ?? .none,
      shiftsPowersOfTwo: Bool.random(using: &generator))
    var example = Broadcasting.random(
      operation, reading: type, centered: .int16, using: &generator)
    guard type.element == .int16, let scale = type.quantization?.scales[0] else { return example }
    if operation.shiftsPowersOfTwo, scale.significand == 1 {
      let other = scale * exp2(Float(Int.random(in: -4...4, using: &generator)))
      for index in 0...1 where example?.signature.inputs[index]?.type != type {
        example?.signature.inputs[index]?.type.quantization = Quantization(
          scale: other, zeroPoint: 0)
      }
      example?.signature.outputs[0].quantization = Quantization(
        scale: max(scale, other), zeroPoint: 0)
    }
    return example
  }
}

/// The sum of two codes, in units of `2 * largest input scale / 2^20`; of 16-bit codes, `/ 2^15`.
///
/// Source: TensorFlow Lite, `reference_integer_ops::Add`, `reference_ops::SubElementwise`.
private struct CodeSum<Code: FixedWidthInteger & Stored>: BinaryFunction {
  /// Bits below the codes' own that sums are formed with.
  let fractionBits: Int32
  let leftZeroPoint: Int32
  let rightZeroPoint: Int32
  let sign: Int32
  let left: FixedPointMultiplier
  let right: FixedPointMultiplier
  let output: FixedPointMultiplier
  let outputZeroPoint: Int32
  let codes: ClosedRange<Int32>

  init(_ signature: Signature, _ operation: Add) {
    guard let scales = signature.pairScales else {
      preconditionFailure("a sum of codes has scales")
    }
    fractionBits = Code.bitWidth == 16 ? 15 : 20
    let unit = 2 * max(scales.left, scales.right)
    left = FixedPointMultiplier(scales.left / unit)
    right = FixedPointMultiplier(scales.right / unit)
    output = FixedPointMultiplier(unit / (Double(1 << fractionBits) * scales.output))
    leftZeroPoint = signature.input(0).zeroPoint
    rightZeroPoint = signature.input(1).zeroPoint
    outputZeroPoint = signature.outputs[0].zeroPoint
    codes = operation.activation.codes(of: signature.outputs[0])
    sign = operation.sign
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(fractionBits)
    hash.add(leftZeroPoint)
    hash.add(rightZeroPoint)
    hash.add(sign)
    hash.add(left)
    hash.add(right)
    hash.add(output)
    hash.add(outputZeroPoint)
    hash.add(codes)
  }

  @inline(__always)
  func callAsFunction(_ x: Code, _ y: Code) -> Code {
    let sum =
      left.roundedTwice((Int32(x) &- leftZeroPoint) &<< fractionBits)
      &+ sign &* right.roundedTwice((Int32(y) &- rightZeroPoint) &<< fractionBits)
    let code = output.roundedTwice(sum) &+ outputZeroPoint
    return Code(truncatingIfNeeded: min(max(code, codes.lowerBound), codes.upperBound))
  }
}

/// The sum of two floats.
private struct FloatSum: BinaryFunction {
  let sign: Float
  let clamp: FloatClamp

  func addParameters(to hash: inout SipHash) {
    hash.add(sign)
    clamp.addParameters(to: &hash)
  }

  @inline(__always)
  func callAsFunction(_ x: Float, _ y: Float) -> Float { clamp(x + sign * y) }
}

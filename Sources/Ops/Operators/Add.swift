package import Tensor

/// ADD and SUB: the sum or difference of two tensors, element by element, with broadcasting.
///
/// int8, uint8, int16, float32.
package struct Add: Operator {
  private static let sum = Builtin("ADD", 0, options: 11, versions: [.int8: 2, .int16: 3])
  private static let difference = Builtin("SUB", 41, options: 28, versions: [.int8: 2, .int16: 5])
  package static let builtins = [sum, difference]

  package let builtin: Builtin
  /// The range that results are clamped to.
  package let activation: Activation

  init(_ builtin: Builtin, activation: Activation) {
    self.builtin = builtin
    self.activation = activation
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin, activation: try Activation(options, slot: 0))
  }

  package var options: OptionValues { OptionValues([0: .int8(activation.rawValue)]) }

  /// Scales of int16 need not be powers of two; readers think so where nothing is stated.
  package func statedOptions(_ signature: Signature) -> OptionValues {
    options.adding(signature.input(0).element == .int16 ? .bool(false) : nil, at: 1)
  }

  /// What operand 1 is multiplied by.
  fileprivate var sign: Int32 { builtin == Self.difference ? -1 : 1 }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Broadcasting.check(signature, [.int8, .uint8, .int16, .float32])
    try signature.requireCentered(.int16)
    guard let scales = signature.pairScales else { return }
    guard FixedPointMultiplier.isRepresentable(max(scales.left, scales.right) / scales.output)
    else {
      throw OperatorError(
        .invalid, .output(0), expected: "largest input scale / output scale below 2^30",
        found: "\(max(scales.left, scales.right) / scales.output)")
    }
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
    case .int16:
      return SpecializedKernel(
        BinaryKernel(CodeSum<Int16>(signature, self), access))
    case .int8:
      return SpecializedKernel(
        BinaryKernel(CodeSum<Int8>(signature, self), access))
    case let element: preconditionFailure("no kernel for \(element)")
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
  /// rounding.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs.reduce(0) { $0 + ($1?.largestMagnitude ?? 0) }
    guard let scales = signature.pairScales else { return largest * 0x1p-24 }
    let units = signature.outputs[0].element == .int16 ? 0x1p-13 : 0x1p-18
    return signature.bound(
      1 + units * max(scales.left, scales.right) / scales.output + 0x1p-14, reaching: largest)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .int16, .float32], axes: 1...4, extents: 1...6, centered: .int16,
        using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Broadcasting.random(
      Add(
        builtins.randomElement(using: &generator) ?? sum,
        activation: Activation.allCases.randomElement(using: &generator) ?? .none),
      reading: type, centered: .int16, using: &generator)
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

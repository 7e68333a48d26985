package import Tensor

/// MUL: the product of two tensors, element by element, with broadcasting.
///
/// int8, uint8, int16, float32; integers of 16, 32 and 64 bits that stand for themselves, which wrap.
package struct Mul: Operator {
  package static let builtins = [
    Builtin("MUL", 18, options: 21, versions: [.int8: 2, .int16: 4, .int64: 5])
  ]

  /// The range that results are clamped to.
  package let activation: Activation

  init(activation: Activation) { self.activation = activation }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(activation: try Activation(options, slot: 0))
  }

  package var options: OptionValues { OptionValues([0: .int8(activation.rawValue)]) }

  /// A product of scales from the result's on came with 3.
  package func version(_ signature: Signature) -> Int {
    let byScale = signature.pairScales.map { $0.left * $0.right >= $0.output } ?? false
    if signature.input(0).element == .int16, signature.pairScales == nil { return 7 }
    return max(byScale ? 3 : 1, builtin.version(for: signature.input(0).element))
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Broadcasting.check(
      signature, [.int8, .uint8, .int16, .float32], plain: [.int16, .int32, .int64])
    try signature.requireRange(of: activation)
    try signature.requireCentered(.int16)
    guard let scales = signature.pairScales else { return }
    let factor = scales.left * scales.right / scales.output
    // Half of what is representable: a profile derives the factor in single precision, where the
    // product of scales may not overflow either.
    guard FixedPointMultiplier.isRepresentable(2 * factor), scales.left * scales.right < 0x1p127
    else {
      throw OperatorError(
        .invalid, .output(0), expected: "product of scales / output scale below 2^29",
        found: "\(factor)")
    }
  }

  /// One takes codes with a sign and plain integers of 32 bits, the other one all types.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    switch signature.input(0).element {
    case .int8, .int32, .float32: true
    case .int16 where signature.pairScales != nil: true
    default: profile != .tflm
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Broadcasting.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 4, data: 36)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let access = access(signature, output: 0)
    switch signature.outputs[0].element {
    case .float32:
      return SpecializedKernel(BinaryKernel(FloatProduct(clamp: FloatClamp(activation)), access))
    case .uint8:
      return SpecializedKernel(
        BinaryKernel(CodeProduct<UInt8>(signature, activation, profile), access))
    case .int8:
      return SpecializedKernel(
        BinaryKernel(CodeProduct<Int8>(signature, activation, profile), access))
    case .int16 where signature.pairScales == nil: return wrapping(Int16.self, access)
    case .int16:
      return SpecializedKernel(
        BinaryKernel(CodeProduct<Int16>(signature, activation, profile), access))
    case .int32: return wrapping(Int32.self, access)
    case .int64: return wrapping(Int64.self, access)
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  /// Integers that stand for themselves.
  private func wrapping<Number: FixedWidthInteger & Stored>(
    _ type: Number.Type, _ access: Access
  ) -> any Kernel {
    let range = activation.integers(type)
    return Pairwise.kernel(
      access, [UInt64(parameter: range.lowerBound), UInt64(parameter: range.upperBound)]
    ) { (x: Number, y: Number) -> Number in range.clamp(x &* y) }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let range = activation.realRange
    return Broadcasting.real(inputs, signature) {
      min(max($0 * $1, range.lowerBound), range.upperBound)
    }
  }

  /// Rounding to codes takes one step, a float product one rounding.
  ///
  /// Codes: the shift rounds by half a step and the high multiply before it by another half at most; a
  /// factor in single precision is off by 2^-23 of at most the 2^8 codes that clamping leaves (2^16 of int16). Floats:
  /// one rounding.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs.reduce(1) { $0 * ($1?.largestMagnitude ?? 0) }
    let element = signature.outputs[0].element
    if signature.pairScales != nil {
      return signature.bound(1 + (element == .int16 ? 0x1p-6 : 0x1p-14), reaching: largest)
    }
    return element == .float32 ? largest * 0x1p-24 : signature.wrappingBound(reaching: largest)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .int16, .int32, .int64, .float32], axes: 1...4, extents: 1...6,
        centered: .int16, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    var example = Broadcasting.random(
      Mul(activation: Activation.allCases.randomElement(using: &generator) ?? .none),
      reading: type, centered: .int16, using: &generator)
    if let scales = example?.signature.pairScales {
      let quantization = Quantization.random(
        type.element, near: Float(64 * scales.left * scales.right), using: &generator)
      example?.signature.outputs[0].quantization =
        type.element == .int16
        ? Quantization(scale: 256 * quantization.scales[0], zeroPoint: 0) : quantization
    }
    return example
  }
}

/// The product of two codes, rescaled.
///
/// Source: TensorFlow Lite, `reference_integer_ops::Mul`.
private struct CodeProduct<Code: FixedWidthInteger & Stored>: BinaryFunction {
  let leftZeroPoint: Int32
  let rightZeroPoint: Int32
  let multiplier: FixedPointMultiplier
  let outputZeroPoint: Int32
  let codes: ClosedRange<Int32>

  init(_ signature: Signature, _ activation: Activation, _ profile: Profile) {
    guard let scales = signature.pairScales else {
      preconditionFailure("a product of codes has scales")
    }
    multiplier = FixedPointMultiplier(
      profile.multipliesScalesInSingle
        ? Double(Float(scales.left) * Float(scales.right) / Float(scales.output))
        : scales.left * scales.right / scales.output)
    leftZeroPoint = signature.input(0).zeroPoint
    rightZeroPoint = signature.input(1).zeroPoint
    outputZeroPoint = signature.outputs[0].zeroPoint
    codes = activation.codes(of: signature.outputs[0])
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(leftZeroPoint)
    hash.add(rightZeroPoint)
    hash.add(multiplier)
    hash.add(outputZeroPoint)
    hash.add(codes)
  }

  @inline(__always)
  func callAsFunction(_ x: Code, _ y: Code) -> Code {
    let product = (Int32(x) &- leftZeroPoint) &* (Int32(y) &- rightZeroPoint)
    let code = multiplier.roundedTwice(product) &+ outputZeroPoint
    return Code(truncatingIfNeeded: min(max(code, codes.lowerBound), codes.upperBound))
  }
}

/// The product of two floats.
private struct FloatProduct: BinaryFunction {
  let clamp: FloatClamp

  func addParameters(to hash: inout SipHash) {
    clamp.addParameters(to: &hash)
  }

  @inline(__always)
  func callAsFunction(_ x: Float, _ y: Float) -> Float { clamp(x * y) }
}

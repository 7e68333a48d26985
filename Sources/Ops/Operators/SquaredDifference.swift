package import Tensor

/// SQUARED_DIFFERENCE: the square of the difference of two tensors, element by element, with broadcasting.
///
/// int8, int16, float32; int32 that stands for itself, which wraps.
package struct SquaredDifference: Operator {
  package static let builtins = [
    Builtin("SQUARED_DIFFERENCE", 99, options: 76, versions: [.int8: 2])
  ]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Broadcasting.check(signature, [.int8, .int16, .float32], plain: [.int32])
    try signature.requireCentered(.int16)
    guard let factor = factor(signature) else { return }
    guard FixedPointMultiplier.isRepresentable(factor) else {
      throw OperatorError(
        .invalid, .output(0),
        expected: "square of the largest input scale / output scale below 2^30",
        found: "\(factor)")
    }
  }

  /// Bits below the codes' own that differences are formed with.
  private func fractionBits(_ signature: Signature) -> Int32 {
    signature.input(0).element == .int16 ? 0 : 7
  }

  /// What the square of a difference is multiplied by; `nil` where there are no scales.
  private func factor(_ signature: Signature) -> Double? {
    signature.pairScales.map { scales in
      let unit = 2 * max(scales.left, scales.right)
      return unit * unit / (Double(1 << (2 * fractionBits(signature))) * scales.output)
    }
  }

  /// The other one has no int16, and stops where the factor is 1 or more.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    guard let factor = factor(signature) else { return true }
    return profile == .tflm || signature.input(0).element == .int8 && factor < 1
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Broadcasting.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(data: 112) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let access = access(signature, output: 0)
    switch signature.input(0).element {
    case .float32:
      return Pairwise.kernel(access, []) { (x: Float, y: Float) -> Float in (x - y) * (x - y) }
    case .int32:
      return Pairwise.kernel(access, []) { (x: Int32, y: Int32) -> Int32 in (x &- y) &* (x &- y) }
    case .int8: return codes(Int8.self, signature, access)
    default: return codes(Int16.self, signature, access)
    }
  }

  private func codes<Code: FixedWidthInteger & Stored>(
    _ type: Code.Type, _ signature: Signature, _ access: Access
  ) -> any Kernel {
    guard let scales = signature.pairScales, let factor = factor(signature),
      let range = signature.outputs[0].element.codes
    else { preconditionFailure("codes have scales") }
    let unit = 2 * max(scales.left, scales.right)
    let (left, right) = (
      FixedPointMultiplier(scales.left / unit), FixedPointMultiplier(scales.right / unit)
    )
    let (zeroLeft, zeroRight) = (signature.input(0).zeroPoint, signature.input(1).zeroPoint)
    let (output, zero) = (FixedPointMultiplier(factor), signature.outputs[0].zeroPoint)
    let bits = fractionBits(signature)
    return Pairwise.kernel(
      access,
      left.parameters + right.parameters + output.parameters
        + [UInt64](parameters: [zeroLeft, zeroRight, zero, bits])
    ) { (x: Code, y: Code) -> Code in
      let difference =
        left.roundedTwice((Int32(x) &- zeroLeft) &<< bits)
        &- right.roundedTwice((Int32(y) &- zeroRight) &<< bits)
      let code = output.roundedTwice(difference &* difference) &+ zero
      return Code(truncatingIfNeeded: range.clamp(code))
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Broadcasting.real(inputs, signature) { ($0 - $1) * ($0 - $1) }
  }

  /// Floats take two roundings; codes a step, and what two units of the shared scale are in the square.
  ///
  /// Each scaled operand is off by one unit of `2 * largest scale / 2^7` (`2 * largest scale` of int16) at most,
  /// so that a difference d is off by u = two units and its square by 2 d u + u^2.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs.reduce(0) { $0 + ($1?.largestMagnitude ?? 0) }
    guard let scales = signature.pairScales else {
      return signature.input(0).element == .float32
        ? largest * largest * 0x1p-22 : signature.wrappingBound(reaching: largest * largest)
    }
    let unit = 4 * max(scales.left, scales.right) / Double(1 << fractionBits(signature))
    let units = (2 * largest * unit + unit * unit) / scales.output
    return signature.bound(1.25 + units, reaching: largest * largest + unit * scales.output)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .int16, .int32, .float32], axes: 1...4, extents: 1...6, centered: .int16,
        using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    var example = Broadcasting.random(
      SquaredDifference(), reading: type, centered: .int16, using: &generator)
    if let scales = example?.signature.pairScales, type.element == .int8 {
      let largest = max(scales.left, scales.right)
      example?.signature.outputs[0].quantization = .random(
        type.element, near: Float(16 * largest * largest), using: &generator)
    }
    return example
  }
}

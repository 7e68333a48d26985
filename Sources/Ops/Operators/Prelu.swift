package import Tensor

/// PRELU: operand 0, or operand 1 times it where it is negative; operand 1 is broadcast.
///
/// int8, float32; int16 with slopes of int8; uint8, which LiteRT alone has. At most four axes.
package struct Prelu: Operator {
  package static let builtins = [Builtin("PRELU", 54, options: 0)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try checkTypes(signature)
    let input = signature.input(0).shape
    guard input.rank <= 4 else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "at most four axes", found: "\(input.rank)")
    }
    try signature.requireOutput(shape: input.extents)
    guard let scales = signature.pairScales else { return }
    for factor in [1, scales.right] {
      guard factor.isFinite, 2 * scales.left * factor < 0x1p127 else {
        throw OperatorError(
          .invalid, .operand(0), expected: "scales whose product is below 2^126",
          found: "\(scales.left) and \(scales.right)")
      }
      try signature.requireRescaling(by: factor)
    }
  }

  private func checkTypes(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    guard signature.input(0).element == .int16 else {
      return try Broadcasting.check(signature, [.int8, .uint8, .float32])
    }
    try signature.requireElement(operand: 1, [.int8])
    var words = signature
    words.inputs[1]?.type.element = .int16
    try Broadcasting.check(words, [.int16])
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Broadcasting.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory(data: 28) }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let access = access(signature, output: 0)
    let name = UInt64(builtin.code)
    guard let scales = signature.pairScales else {
      return SpecializedKernel(
        BinaryKernel(PairMap<Float, Float>([name]) { $0 >= 0 ? $0 : $0 * $1 }, access))
    }
    let function = codeFunction(signature, scales, profile)
    let parameters =
      [name] + function.positive.parameters + function.negative.parameters
      + [signature.input(0), signature.input(1), signature.outputs[0]].flatMap(\.parameters)
    if signature.outputs[0].element == .int16 {
      let map = PairMap<Int16, Int16>(parameters) {
        Int16(truncatingIfNeeded: function.code(of: Int32($0), Int32($1)))
      }
      return WidenedPairKernel(map, access)
    }
    if signature.outputs[0].element == .uint8 {
      return SpecializedKernel(
        BinaryKernel(
          PairMap<UInt8, UInt8>(parameters) {
            UInt8(truncatingIfNeeded: function.code(of: Int32($0), Int32($1)))
          }, access))
    }
    return SpecializedKernel(
      BinaryKernel(
        PairMap<Int8, Int8>(parameters) {
          Int8(truncatingIfNeeded: function.code(of: Int32($0), Int32($1)))
        }, access))
  }

  private func codeFunction(
    _ signature: Signature, _ scales: (left: Double, right: Double, output: Double),
    _ profile: Profile
  ) -> CodePrelu {
    func factor(_ slope: Double) -> FixedPointMultiplier {
      FixedPointMultiplier(
        profile.multipliesScalesInSingle
          ? Double(Float(scales.left) * Float(slope) / Float(scales.output))
          : scales.left * slope / scales.output)
    }
    return CodePrelu(
      positive: factor(1), negative: factor(scales.right),
      inputZeroPoint: signature.input(0).zeroPoint, slopeZeroPoint: signature.input(1).zeroPoint,
      outputZeroPoint: signature.outputs[0].zeroPoint,
      codes: signature.outputs[0].element.codes ?? 0...0)
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Broadcasting.real(inputs, signature) { $0 >= 0 ? $0 : $0 * $1 }
  }

  /// Rounding to codes takes one step, a float product one rounding.
  ///
  /// Codes: the shift rounds by half a step and the high multiply before it by another half at most,
  /// by a factor in single precision of at most 2^16 steps.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs[0]?.largestMagnitude ?? 0
    let slope = max(1, inputs[1]?.largestMagnitude ?? 0)
    if signature.pairScales == nil { return largest * slope * 0x1p-24 }
    return signature.bound(1 + 0x1p-7, reaching: largest * slope)
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
    guard (1...4).contains(type.shape.rank) else { return nil }
    var extents = type.shape.extents
    if Bool.random(using: &generator) {
      extents = extents.map { Bool.random(using: &generator) ? 1 : $0 }
      extents.removeFirst(Int.random(in: 0..<extents.count, using: &generator))
    }
    let slopes = TensorType.random(
      [type.element == .int16 ? .int8 : type.element], Shape(checking: extents) ?? Shape(1),
      using: &generator)
    let output = TensorType.random(
      [type.element], type.shape, near: type.quantization?.scales[0], using: &generator)
    let isConstant = Int.random(in: 0..<3, using: &generator) > 0
    return Example(
      Prelu(),
      Signature(
        inputs: [
          Operand(type), isConstant ? .randomConstant(slopes, using: &generator) : Operand(slopes),
        ], outputs: [output]))
  }
}

/// Codes rescaled by one factor from the zero point on, and multiplied before by another operand's below it.
///
/// Source: TensorFlow Lite, `reference_ops::BroadcastPrelu4DSlow`.
private struct CodePrelu {
  let positive: FixedPointMultiplier
  let negative: FixedPointMultiplier
  let inputZeroPoint: Int32
  let slopeZeroPoint: Int32
  let outputZeroPoint: Int32
  let codes: ClosedRange<Int32>

  func code(of x: Int32, _ slope: Int32) -> Int32 {
    let difference = x &- inputZeroPoint
    let scaled =
      difference >= 0
      ? positive.roundedTwice(difference)
      : negative.roundedTwice(difference &* (slope &- slopeZeroPoint))
    return min(max(scaled &+ outputZeroPoint, codes.lowerBound), codes.upperBound)
  }
}

package import Tensor

/// QUANTIZE: the codes that stand for numbers, or for other codes, element by element.
///
/// float32, int8, uint8, int16 or int32 to int8, uint8, int16 or int32.
package struct Quantize: Operator {
  package static let builtins = [Builtin("QUANTIZE", 114, options: 89, versions: [.int16: 2])]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func version(_ signature: Signature) -> Int {
    builtin.version(for: signature.outputs[0].element)
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1)
    try Elementwise.check(
      signature, Self.codes + [.int32, .float32], to: Self.results(of: signature.input(0).element))
    if signature.input(0).element != .float32 { try signature.requireRescaling() }
  }

  private static let codes: [ElementType] = [.int8, .uint8, .int16]

  /// What an operand of a type may become by the kernels of one of the implementations, or of either.
  private static func results(
    of element: ElementType, by profile: Profile? = nil
  ) -> [ElementType] {
    switch (element, profile) {
    case (.float32, .tflm?), (.int32, _): [.int8, .int16]
    case (.int8, .litert?), (.uint8, nil), (.uint8, .litert?), (.float32, _): codes
    case (.uint8, _): [.int8]
    case (.int16, _): [.int8, .int16, .int32]
    default: codes + [.int32]
    }
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let (input, output) = (signature.input(0), signature.outputs[0])
    // LiteRT wants words of 16 bits around 0 on both sides.
    let isOffCenter = input.zeroPoint != 0 || output.zeroPoint != 0
    if profile == .litert && input.element == .int16 && output.element == .int16 && isOffCenter {
      return false
    }
    return Self.results(of: input.element, by: profile).contains(output.element)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(data: 32)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    switch signature.outputs[0].element {
    case .uint8: kernel(signature, to: UInt8.self)
    case .int16: kernel(signature, to: Int16.self)
    case .int32: kernel(signature, to: Int32.self)
    case .int8: kernel(signature, to: Int8.self)
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  @inline(__always)
  private func kernel<Code: FixedWidthInteger & Stored>(
    _ signature: Signature, to code: Code.Type
  ) -> any Kernel {
    switch signature.input(0).element {
    case .float32: SpecializedKernel(UnaryKernel(NearestCode<Code>(signature)))
    case .uint8: SpecializedKernel(UnaryKernel(Rescaling<UInt8, Code>(signature)))
    case .int16: SpecializedKernel(UnaryKernel(Rescaling<Int16, Code>(signature)))
    case .int32: SpecializedKernel(UnaryKernel(Rescaling<Int32, Code>(signature)))
    case .int8: SpecializedKernel(UnaryKernel(Rescaling<Int8, Code>(signature)))
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { $0 }
  }

  /// Rounding to codes takes half a step, or one between codes; two to 32 bits.
  ///
  /// From floats: rounded once, from a quotient in single precision, of at most 2^16 codes. From codes:
  /// the shift rounds by half a step and the high multiply before it by another half at most; the
  /// multiplier is off by 2^-31 of its value, which is up to a step of 32-bit codes. A code of 32 bits may be
  /// farther from its zero point than 32 bits hold; the reference implementations let that wrap, which
  /// approximates no function: the bound is infinite.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    if signature.input(0).element == .float32 { return 0.5 + 0x1p-7 }
    let largest = inputs[0]?.largestMagnitude ?? 0
    guard let scales = signature.rescaling, largest < 0x1p31 * scales.input else {
      return .infinity
    }
    return signature.bound(
      signature.outputs[0].element == .int32 ? 2 : 1 + 0x1p-14, reaching: largest)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    var type = TensorType.random(
      codes + [.int32, .float32], axes: 1...4, extents: 1...6, using: &generator)
    // 32 bits hold what is finer than a code.
    if type.element == .int32 {
      let fine = Float.random(in: 1e-8...1e-6, using: &generator)
      type.quantization = Quantization(scale: fine, zeroPoint: 0)
    }
    return drawn(reading: type, using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    var example = Elementwise.random(
      Quantize(), reading: type, to: results(of: type.element), using: &generator)
    if example?.signature.outputs[0].element == .int32 {
      let scale = (type.quantization?.scales[0] ?? 1) / 4096
      example?.signature.outputs[0].quantization = Quantization(scale: scale, zeroPoint: 0)
    }
    return example
  }
}

/// The code nearest to a number, ties away from zero; of NaN the lowest code.
///
/// Source: TensorFlow Lite, `reference_ops::AffineQuantize`.
private struct NearestCode<Code: FixedWidthInteger & Stored>: UnaryFunction {
  let scale: Float
  let zeroPoint: Float

  init(_ signature: Signature) {
    scale = signature.outputs[0].quantization?.scales[0] ?? 1
    zeroPoint = Float(signature.outputs[0].zeroPoint)
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(scale)
    hash.add(zeroPoint)
  }

  @inline(__always)
  func callAsFunction(_ x: Float) -> Code {
    let code = (x / scale).rounded(.toNearestOrAwayFromZero) + zeroPoint
    // In this order a NaN is the lowest code.
    return code > Float(Code.min) ? Code(min(code, Float(Code.max))) : Code.min
  }
}

/// A code in another quantization.
///
/// Source: TensorFlow Lite, `reference_ops::Requantize`.
private struct Rescaling<Input, Output>: UnaryFunction
where Input: FixedWidthInteger & Stored, Output: FixedWidthInteger & Stored {
  let multiplier: FixedPointMultiplier
  let inputZeroPoint: Int32
  let outputZeroPoint: Int32

  init(_ signature: Signature) {
    let scales = signature.rescaling ?? (1, 1)
    multiplier = FixedPointMultiplier(scales.input / scales.output)
    inputZeroPoint = signature.input(0).zeroPoint
    outputZeroPoint = signature.outputs[0].zeroPoint
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(multiplier)
    hash.add(inputZeroPoint)
    hash.add(outputZeroPoint)
  }

  @inline(__always)
  func callAsFunction(_ x: Input) -> Output {
    Output(clamping: multiplier.roundedTwice(Int32(x) &- inputZeroPoint) &+ outputZeroPoint)
  }
}

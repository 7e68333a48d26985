package import Tensor

/// DEQUANTIZE: the numbers that codes stand for, element by element.
///
/// int8, uint8 or int16 to float32; float16, as constants are stored to save space.
package struct Dequantize: Operator {
  package static let builtins = [
    Builtin("DEQUANTIZE", 6, options: 38, versions: [.int8: 2, .int16: 3, .float16: 3])
  ]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1)
    try signature.requireElement(operand: 0, [.int8, .uint8, .int16], plain: [.float16])
    try signature.requireElement(output: 0, [.float32])
    try signature.requireOutput(shape: signature.input(0).shape.extents)
  }

  /// LiteRT wants words of 16 bits around 0; TensorFlow Lite Micro takes no floats.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let input = signature.input(0)
    return profile == .tflm
      ? input.element != .float16 : input.element != .int16 || input.zeroPoint == 0
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(data: 32)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    switch signature.input(0).element {
    case .uint8: SpecializedKernel(UnaryKernel(NumberOfCode<UInt8>(signature)))
    case .int16: SpecializedKernel(UnaryKernel(NumberOfCode<Int16>(signature)))
    case .int8: SpecializedKernel(UnaryKernel(NumberOfCode<Int8>(signature)))
    case .float16:
      SpecializedKernel(
        UnaryKernel(
          ElementMap<Int16, Float>([]) { Float(Float16(bitPattern: UInt16(bitPattern: $0))) }))
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { $0 }
  }

  /// One rounding to a float.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double { (inputs[0]?.values.map(abs).max() ?? 0) * 0x1p-24 }

  package static func random(using generator: inout SplitMix64) -> Example {
    var example = drawn(
      reading: .random(
        [.int8, .uint8, .int16, .float16], axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
    let type = example.signature.input(0)
    if type.element == .float16 {
      let numbers = (0..<type.shape.count).map { _ in
        Float16(Float.random(in: -2...2, using: &generator)).bitPattern
      }
      example.signature.inputs[0]?.constant = Bytes(copying: numbers)
    }
    return example
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let elements: [ElementType] = [.int8, .uint8, .int16, .float16]
    guard elements.contains(type.element) else { return nil }
    return Elementwise.random(Dequantize(), reading: type, to: [.float32], using: &generator)
  }
}

/// Source: TensorFlow Lite, `reference_ops::Dequantize`.
private struct NumberOfCode<Code: FixedWidthInteger & Stored>: UnaryFunction {
  let scale: Double
  let zeroPoint: Int32

  init(_ signature: Signature) {
    scale = Double(signature.input(0).quantization?.scales[0] ?? 1)
    zeroPoint = signature.input(0).zeroPoint
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(scale.bitPattern)
    hash.add(zeroPoint)
  }

  @inline(__always)
  func callAsFunction(_ x: Code) -> Float { Float(scale * Double(Int32(x) &- zeroPoint)) }
}

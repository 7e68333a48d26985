package import Tensor

/// SIGN: 1, -1 or 0, as the operand is above 0, below or neither, element by element; NaN stays.
///
/// float32 and int32. TensorFlow Lite Micro has no such operator.
package struct Sign: Operator {
  package static let builtins = [Builtin("SIGN", 158, options: 123, versions: [.int32: 2])]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.checkNumbers(signature, [.float32, .int32])
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    if signature.input(0).element == .int32 {
      return SpecializedKernel(UnaryKernel(ElementMap<Int32, Int32>([]) { $0.signum() }))
    }
    return Elementwise.floats([UInt64(builtin.code)]) {
      $0 > 0 ? 1 : $0 < 0 ? -1 : $0.isNaN ? $0 : 0
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real([inputs[0]?.codes(of: signature.input(0))]) { number in
      number > 0 ? 1 : number < 0 ? -1 : 0
    }
    .map { $0.numbers(as: signature.outputs[0]) }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random([.float32, .int32], axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard [.float32, .int32].contains(type.element) else { return nil }
    return Elementwise.random(
      Sign(), reading: type, quantization: { _ in type.quantization }, using: &generator)
  }
}

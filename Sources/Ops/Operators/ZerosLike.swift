package import Tensor

/// ZEROS_LIKE: zeros in the shape of the operand, of which nothing is read.
///
/// int32, int64 and float32; TensorFlow Lite Micro int8 as well, whose zeros are codes.
package struct ZerosLike: Operator {
  package static let builtins = [Builtin("ZEROS_LIKE", 93, options: 67)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  private static let elements: [ElementType] = [.int8, .int32, .int64, .float32]

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.checkNumbers(signature, Self.elements)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile == .tflm || signature.input(0).element != .int8
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Access(
      [(0..<signature.input(0).shape.rank).map { .window(axis: $0, size: 0) }],
      signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let type = signature.outputs[0]
    let zero = [UInt8](repeating: 0, count: type.element.sizeInBytes)
    return MovementKernel(
      access(signature, output: 0), sources: 0..<0,
      padding: Operand(
        TensorType(type.element, Shape(1), type.quantization), constant: Bytes(copying: zero)))
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { _ in 0 }.map { $0.numbers(as: signature.outputs[0]) }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(elements, axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard elements.contains(type.element) else { return nil }
    return Elementwise.random(
      ZerosLike(), reading: type, quantization: { _ in type.quantization }, using: &generator)
  }
}

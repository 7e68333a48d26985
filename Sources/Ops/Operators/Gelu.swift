internal import Glibc
package import Tensor

/// GELU: the operand times the normal distribution's share below it, or times an approximation of that by a
/// hyperbolic tangent, element by element.
///
/// int8, uint8, and int16 with zero point 0, as tables. TensorFlow Lite Micro has no such operator.
package struct Gelu: Operator {
  package static let builtins = [
    Builtin("GELU", 150, options: 116, versions: [.int8: 2, .uint8: 2])
  ]

  /// Whether a hyperbolic tangent takes the place of the distribution.
  package let isApproximate: Bool

  init(isApproximate: Bool) { self.isApproximate = isApproximate }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(isApproximate: try options.bool(0, default: false))
  }

  package var options: OptionValues { OptionValues([0: .bool(isApproximate)]) }

  private static let elements: [ElementType] = [.int8, .uint8, .int16]

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, Self.elements)
    try signature.requireCentered(.int16)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    FunctionTable.kernel(signature, isApproximate ? Self.approximation : Self.function)
  }

  /// Source: TensorFlow Lite, `reference_ops::GeluTransform`.
  private static func function(_ x: Float) -> Float {
    0.5 * x * erfcf(x * Float(-0.5.squareRoot()))
  }

  /// Source: TensorFlow Lite, `reference_ops::GeluTransformApproximate`.
  private static func approximation(_ x: Float) -> Float {
    let factor = Float((2 / Double.pi).squareRoot())
    let cube: Float = 0.044715 * x * x * x
    return 0.5 * x * (1 + tanhf(factor * (x + cube)))
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { x in
      let argument = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
      return isApproximate
        ? 0.5 * x * (1 + Glibc.tanh(argument)) : 0.5 * x * erfc(-x * 0.5.squareRoot())
    }
  }

  /// Codes of 8 bits are rounded once; between the entries of a table of 16 bits nothing is said.
  ///
  /// The function is off by 2^-20 of the operand at most, by some roundings and the cancellation of 1 and a
  /// tangent near -1, which is -1 from 16 on.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    guard let scale = signature.rescaling?.output, signature.outputs[0].element != .int16 else {
      return .infinity
    }
    let largest = inputs[0]?.largestMagnitude ?? 0
    return 0.5 + 0x1p-11 + 0x1p-18 * min(largest, 16) / scale
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        elements, axes: 1...4, extents: 1...6, centered: .int16, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(
      Gelu(isApproximate: Bool.random(using: &generator)), reading: type,
      quantization: { $0.centeredWords }, using: &generator)
  }
}

package import Tensor

/// LOGICAL_NOT: true where the operand is false, element by element.
///
/// bool.
package struct LogicalNot: Operator {
  package static let builtins = [Builtin("LOGICAL_NOT", 87, options: 63)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.checkNumbers(signature, [.bool])
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    SpecializedKernel(UnaryKernel(Negation()))
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    Elementwise.real(inputs) { $0 == 0 ? 1 : 0 }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random([.bool], axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.element == .bool else { return nil }
    return Elementwise.random(LogicalNot(), reading: type, using: &generator)
  }
}

private struct Negation: UnaryFunction {
  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func callAsFunction(_ x: TruthValue) -> TruthValue { TruthValue(!x.isTrue) }
}

package import Tensor

/// LOGICAL_AND and LOGICAL_OR of two tensors of truth values, element by element, with broadcasting.
package struct LogicalPair: Operator {
  private static let conjunction = Builtin("LOGICAL_AND", 86, options: 62)
  private static let disjunction = Builtin("LOGICAL_OR", 84, options: 60)
  package static let builtins = [conjunction, disjunction]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Broadcasting.check(signature, [], plain: [.bool], to: .bool)
  }

  /// Bytes other than 0 and 1 are no truth values.
  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    TruthValue.randomValue(signature.input(operand), using: &generator)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Broadcasting.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let needsBoth = builtin == Self.conjunction
    return Pairwise.kernel(access(signature, output: 0), [needsBoth ? 1 : 0]) {
      (x: TruthValue, y: TruthValue) -> TruthValue in
      TruthValue(needsBoth ? x.isTrue && y.isTrue : x.isTrue || y.isTrue)
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let needsBoth = builtin == Self.conjunction
    return Broadcasting.real(inputs, signature) { x, y in
      (needsBoth ? x != 0 && y != 0 : x != 0 || y != 0) ? 1 : 0
    }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random([.bool], axes: 1...4, extents: 1...6, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.element == .bool else { return nil }
    return Broadcasting.random(
      LogicalPair(builtins.randomElement(using: &generator) ?? conjunction), reading: type,
      to: .bool, using: &generator)
  }
}

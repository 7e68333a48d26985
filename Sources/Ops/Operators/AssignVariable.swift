package import Tensor

/// ASSIGN_VARIABLE: lets a resource variable hold a value.
///
/// Operand 0 is the variable, which a model names by a handle, operand 1 the value. Types as of
/// READ_VARIABLE.
package struct AssignVariable: Operator {
  package static let builtins = [Builtin("ASSIGN_VARIABLE", 144, options: 113)]
  package static let stateOperands = [0]
  package static let stateHasHandle = true

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    try signature.requireVariable(result: 0)
    try signature.requireHeld(signature.input(1), .operand(1))
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool { true }

  /// What the variable held before is said to be read as well, though nothing depends on it.
  package func access(_ signature: Signature, output: Int) -> Access {
    Access(
      (0..<2).map { signature.input($0).shape.extents.indices.map { .window(axis: $0) } },
      signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 1..<2)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let value = inputs[1] else { preconditionFailure("a value is assigned") }
    return [value.recoded(from: signature.input(1), to: signature.outputs[0])]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let type = TensorType.random(Signature.held, axes: 0...4, extents: 1...6, using: &generator)
    return drawn(reading: type, using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard Signature.held.contains(type.element) else { return nil }
    return Example(
      AssignVariable(), Signature(inputs: [Operand(type), Operand(type)], outputs: [type]))
  }
}

package import Tensor

/// READ_VARIABLE: what a resource variable holds.
///
/// Operand 0 is the variable, which a model names by a handle; it keeps what it holds. Any type of element
/// but codes of uint8, whose variables TensorFlow Lite Micro starts at another value. A variable that has no
/// initial value starts at its zero point if it holds int8, else at 0, as in TensorFlow Lite Micro where the
/// zero point is 0; LiteRT refuses to read it.
package struct ReadVariable: Operator {
  package static let builtins = [Builtin("READ_VARIABLE", 143, options: 112)]
  package static let stateOperands = [0]
  package static let stateHasHandle = true

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1, outputs: 2)
    try signature.requireVariable(result: 1)
    try signature.requireHeld(signature.outputs[0], .output(0))
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool { true }

  package func access(_ signature: Signature, output: Int) -> Access {
    Access(
      [signature.input(0).shape.extents.indices.map { .window(axis: $0) }], signature: signature,
      output: output)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 0..<1)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let variable = inputs[0] else { preconditionFailure("a variable is read") }
    return [variable.recoded(from: signature.input(0), to: signature.outputs[0]), variable]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let type = TensorType.random(Signature.held, axes: 0...4, extents: 1...6, using: &generator)
    return Example(ReadVariable(), Signature(inputs: [Operand(type)], outputs: [type, type]))
  }
}

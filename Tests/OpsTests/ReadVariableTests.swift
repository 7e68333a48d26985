import Ops
import Tensor
import TestSupport
import Testing

/// READ_VARIABLE and ASSIGN_VARIABLE copy what a variable holds.
@Suite struct ReadVariableTests {
  private static let codes = Codes.type(Shape(2, 2), scale: 0.5, zeroPoint: 3)
  private static let other = Codes.type(Shape(2, 2), scale: 2, zeroPoint: -1)
  private static let read = Signature(inputs: [Operand(codes)], outputs: [other, codes])
  private static let assigned = Signature(
    inputs: [Operand(codes), Operand(other)], outputs: [codes])

  private func reading() throws -> ReadVariable {
    try ReadVariable(ReadVariable.builtins[0], options: OptionValues())
  }

  private func assigning() throws -> AssignVariable {
    try AssignVariable(AssignVariable.builtins[0], options: OptionValues())
  }

  /// Codes are copied, whatever their scales.
  @Test(arguments: 0...1) func readsWhatTheVariableKeeps(_ output: Int) throws {
    #expect(
      try Codes.of(reading(), Self.read, [1, -2, 127, -128], output: output) == [1, -2, 127, -128])
  }

  @Test func assignsAValue() throws {
    #expect(
      try Codes.of(assigning(), Self.assigned, [1, 2, 3, 4], [5, 6, 7, -8]) == [5, 6, 7, -8])
  }

  static let readRefusals = [
    Refusal("no variable", .invalid, .operands) { $0.inputs = [] },
    Refusal("no result for the variable", .invalid, .operands) { $0.outputs.removeLast() },
    Refusal("uint8", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .uint8 },
    Refusal("a variable that changes its type", .invalid, .output(1)) {
      $0.outputs[1].quantization = nil
    },
    Refusal("a result of another shape", .invalid, .output(0)) { $0.outputs[0].shape = Shape(4) },
    Refusal("a result of another type", .invalid, .output(0)) { $0.outputs[0].element = .int16 },
  ]

  @Test(arguments: readRefusals) func refusesToRead(_ refusal: Refusal) throws {
    try refusal.expect(of: reading(), Self.read)
  }

  static let assignRefusals = [
    Refusal("no value", .invalid, .operands) { $0.inputs.removeLast() },
    Refusal("an absent value", .invalid, .operands) { $0.inputs[1] = nil },
    Refusal("a value of another shape", .invalid, .operand(1)) {
      $0.inputs[1]?.type.shape = Shape(4)
    },
    Refusal("another result", .invalid, .output(0)) { $0.outputs[0].shape = Shape(4) },
  ]

  @Test(arguments: assignRefusals) func refusesToAssign(_ refusal: Refusal) throws {
    try refusal.expect(of: assigning(), Self.assigned)
  }
}

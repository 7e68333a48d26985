import Ops
import Tensor
import TestSupport
import Testing

@Suite struct DynamicUpdateSliceTests {
  private func update() throws -> DynamicUpdateSlice {
    try DynamicUpdateSlice(DynamicUpdateSlice.builtins[0], options: OptionValues())
  }

  private static let numbers: [Int32] = [1, 2, 3, 4, 5, 6]

  /// A row of two in the second row, from its second element on; beyond it, as far as it fits.
  @Test(arguments: [[1, 1], [5, 9]] as [[Int32]]) func replacesABox(_ start: [Int32]) throws {
    #expect(
      try Codes.of(update(), Self.accepted, Self.numbers, [7, 8], start) == [1, 2, 3, 4, 7, 8])
    var signature = Self.accepted
    signature.inputs[2] = Codes.integers(start)
    #expect(try Codes.of(update(), signature, Self.numbers, [7, 8]) == [1, 2, 3, 4, 7, 8])
    #expect(
      try update().access(signature, output: 0).operands[1] == [
        .window(axis: 0, offset: -1), .window(axis: 1, offset: -1),
      ])
  }

  @Test func startsInside() throws {
    #expect(
      try Codes.of(update(), Self.accepted, Self.numbers, [7, 8], [-1, 0]) == [7, 8, 3, 4, 5, 6])
    #expect(
      try update().access(Self.accepted, output: 0).operands[1] == [.whole, .whole])
  }

  static let accepted = Signature(
    inputs: [
      Operand(Codes.type(Shape(2, 3))), Operand(Codes.type(Shape(1, 2))),
      Operand(TensorType(.int32, Shape(2))),
    ], outputs: [Codes.type(Shape(2, 3))])

  static let refusals =
    Refusal.movedResult + [
      Refusal("two operands", .invalid, .operands) { $0.inputs.removeLast() },
      Refusal("a larger box", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape(1, 4) },
      Refusal("an empty box", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape(0, 2) },
      Refusal("a box of uint8", .invalid, .operand(1)) { $0.inputs[1]?.type.element = .uint8 },
      Refusal("starts int16", .invalid, .operand(2)) { $0.inputs[2]?.type.element = .int16 },
      Refusal("one start", .invalid, .operand(2)) { $0.inputs[2]?.type.shape = Shape(1) },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: update(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      DynamicUpdateSlice.self, .movement, [.constantOperand, .unreadOperand])
  }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ReverseSequenceTests {
  private func reverse(axis: Int32 = 1, batchAxis: Int32 = 0) throws -> ReverseSequence {
    try ReverseSequence(
      ReverseSequence.builtins[0],
      options: OptionValues([0: .int32(axis), 1: .int32(batchAxis)]))
  }

  private static let numbers: [Int32] = [1, 2, 3, 4, 5, 6]

  /// Two elements of the first row, all of the second.
  @Test func reversesRows() throws {
    #expect(try Codes.of(reverse(), Self.accepted, Self.numbers, [2, 3]) == [2, 1, 3, 6, 5, 4])
    #expect(try Codes.of(reverse(), Self.accepted, Self.numbers, [0, 9]) == [1, 2, 3, 6, 5, 4])
    #expect(
      try reverse().access(Self.accepted, output: 0).operands == [
        [.window(axis: 0), .whole], [.window(axis: 0)],
      ])
  }

  /// Both elements of the first and the third column.
  @Test func reversesColumns() throws {
    var signature = Self.accepted
    signature.inputs[1]?.type.shape = Shape(3)
    #expect(
      try Codes.of(reverse(axis: 0, batchAxis: 1), signature, Self.numbers, [2, 1, 2])
        == [4, 2, 6, 1, 5, 3])
  }

  static let accepted = Signature(
    inputs: [Operand(TensorType(.int32, Shape(2, 3))), Operand(TensorType(.int32, Shape(2)))],
    outputs: [TensorType(.int32, Shape(2, 3))])

  static let refusals = [
    Refusal("int8", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int8 },
    Refusal("lengths int16", .unsupported, .operand(1)) { $0.inputs[1]?.type.element = .int16 },
    Refusal("three lengths", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape(3) },
    Refusal("length 4 of three", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([4, 1]) },
    Refusal("one axis", .invalid, .attribute("seq_dim")) { $0.inputs[0]?.type.shape = Shape(2) },
    Refusal("another result", .invalid, .output(0)) { $0.outputs[0].element = .int16 },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: reverse(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      ReverseSequence.self, .elements, .extents, [.constantOperand, .int16, .int32, .int64])
  }
}

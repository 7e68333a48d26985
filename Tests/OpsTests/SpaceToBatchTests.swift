import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SpaceToBatchTests {
  private func operation(_ builtin: Int) throws -> SpaceToBatch {
    try SpaceToBatch(SpaceToBatch.builtins[builtin], options: OptionValues())
  }

  /// Five rows and one before them: the even ones and the odd ones.
  static let accepted = Signature(
    inputs: [
      Operand(Codes.type(Shape(1, 5, 1), zeroPoint: -7)), Codes.integers([2]),
      Codes.integers([1, 0], shape: Shape(1, 2)),
    ], outputs: [Codes.type(Shape(2, 3, 1), zeroPoint: -7)])

  /// The margin of TensorFlow Lite Micro is not the zero point.
  @Test func makesBatches() throws {
    let rows = [1, 2, 3, 4, 5] as [Int32]
    #expect(
      try Codes.of(operation(0), Self.accepted, rows, profile: .tflm) == [0, 2, 4, 1, 3, 5])
    #expect(
      try Codes.of(operation(0), Self.accepted, rows, profile: .litert) == [-7, 2, 4, 1, 3, 5])
  }

  @Test func cutsMarginsOff() throws {
    let back = Signature(
      inputs: [Operand(Self.accepted.outputs[0])] + Self.accepted.inputs.dropFirst(),
      outputs: [Codes.type(Shape(1, 5, 1), zeroPoint: -7)])
    #expect(try Codes.of(operation(1), back, [0, 2, 4, 1, 3, 5]) == [1, 2, 3, 4, 5])
    #expect(
      try operation(1).access(back, output: 0).bounds(of: 0, for: Region([0..<1, 0..<2, 0..<1]))
        == Region([0..<2, 0..<2, 0..<1]))
  }

  static let refusals =
    Refusal.movedResult + Refusal.attributes(1) + Refusal.attributes(2).prefix(2) + [
      Refusal("blocks of four", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([4]) },
      Refusal("blocks of none", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([0]) },
      Refusal("a margin of -1", .invalid, .operand(2)) {
        $0.inputs[2] = Codes.integers([-1, 2], shape: Shape(1, 2))
      },
      Refusal("two axes", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(1, 5) },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: operation(0), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(SpaceToBatch.self, .movement, [.rereadAxis, .unreadOperand])
  }
}

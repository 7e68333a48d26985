import Ops
import Tensor
import TestSupport
import Testing

@Suite struct BroadcastToTests {
  private func broadcast() throws -> BroadcastTo {
    try BroadcastTo(BroadcastTo.builtins[0], options: OptionValues())
  }

  /// Two rows of one become two maps of two rows of three.
  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 1))), Codes.integers([2, 2, 3])],
    outputs: [Codes.type(Shape(2, 2, 3))])

  @Test func repeatsAxes() throws {
    #expect(
      try Codes.of(broadcast(), Self.accepted, [5, 7]) == [5, 5, 5, 7, 7, 7, 5, 5, 5, 7, 7, 7])
    #expect(
      try broadcast().access(Self.accepted, output: 0).operands[0] == [.window(axis: 1), .fixed(0)])
    #expect(try broadcast().version(Self.accepted) == 3)
  }

  static let refusals =
    Refusal.movedResult + Refusal.attributes(1) + [
      Refusal("fewer axes", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([2]) },
      Refusal("two rows as three", .invalid, .operand(1)) {
        $0.inputs[1] = Codes.integers([2, 3, 3])
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: broadcast(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(BroadcastTo.self, .movement, [.broadcast, .moreAxes])
  }
}

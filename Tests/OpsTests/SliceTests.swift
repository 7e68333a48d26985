import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SliceTests {
  private func slice() throws -> Slice { try Slice(Slice.builtins[0], options: OptionValues()) }

  /// Of two rows of three the last two columns; the rows reach to the end.
  static let accepted = Signature(
    inputs: [
      Operand(Codes.type(Shape(2, 3))), Codes.integers([0, 1]), Codes.integers([-1, 2]),
    ], outputs: [Codes.type(Shape(2, 2))])

  @Test func takesABox() throws {
    #expect(try Codes.of(slice(), Self.accepted, [1, 2, 3, 4, 5, 6]) == [2, 3, 5, 6])
    #expect(
      try slice().access(Self.accepted, output: 0).operands[0]
        == [.window(axis: 0), .window(axis: 1, offset: 1)])
  }

  @Test func isMovedByWhomItIs() throws {
    var signature = Self.accepted
    for element in [ElementType.int64, .uint8] {
      signature.inputs[0]?.type.element = element
      #expect(try !slice().isImplemented(signature, by: .tflm))
      #expect(try slice().isImplemented(signature, by: .litert))
    }
  }

  static let refusals =
    Refusal.movedResult + Refusal.attributes(1) + [
      Refusal("a start of -1", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([0, -1]) },
      Refusal("a start behind the end", .invalid, .operand(1)) {
        $0.inputs[1] = Codes.integers([0, 4])
      },
      Refusal("three of two", .invalid, .operand(2)) { $0.inputs[2] = Codes.integers([-1, 3]) },
      Refusal("an extent of -2", .invalid, .operand(2)) { $0.inputs[2] = Codes.integers([-2, 2]) },
      Refusal("starts of one axis", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([0]) },
      Refusal("scalar", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape() },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: slice(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(Slice.self, .movement, [.negativeAttribute])
  }
}

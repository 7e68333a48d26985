import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ReverseTests {
  private func reverse() throws -> Reverse {
    try Reverse(Reverse.builtins[0], options: OptionValues())
  }

  /// The columns of two rows of three.
  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 3))), Codes.integers([-1])],
    outputs: [Codes.type(Shape(2, 3))])

  @Test func reversesAxes() throws {
    #expect(try Codes.of(reverse(), Self.accepted, [1, 2, 3, 4, 5, 6]) == [3, 2, 1, 6, 5, 4])
    var both = Self.accepted
    both.inputs[1] = Codes.integers([1, 0])
    #expect(try Codes.of(reverse(), both, [1, 2, 3, 4, 5, 6]) == [6, 5, 4, 3, 2, 1])
  }

  static let refusals =
    Refusal.movedResult + Refusal.attributes(1) + [
      Refusal("no axis", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([]) },
      Refusal("axis 2 of two", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([2]) },
      Refusal("an axis twice", .unsupported, .operand(1)) {
        $0.inputs[1] = Codes.integers([1, -1])
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: reverse(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(Reverse.self, .movement, [.negativeStride, .negativeAttribute])
  }
}

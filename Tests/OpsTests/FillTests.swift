import Ops
import Tensor
import TestSupport
import Testing

@Suite struct FillTests {
  private func fill() throws -> Fill { try Fill(Fill.builtins[0], options: OptionValues()) }

  static let accepted = Signature(
    inputs: [Codes.integers([2, 2]), Operand(Codes.type(Shape()))],
    outputs: [Codes.type(Shape(2, 2))])

  @Test func repeatsTheElement() throws {
    #expect(try Codes.of(fill(), Self.accepted, nil, [9]) == [9, 9, 9, 9])
    #expect(try fill().version(Self.accepted) == 3)
  }

  static let refusals =
    Refusal.movedResult + Refusal.attributes(0) + [
      Refusal("two elements", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape(2) }
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: fill(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Fill.self, .elements, .zeroPoints, [.int16, .int32, .int64, .bool, .constantOperand])
  }
}

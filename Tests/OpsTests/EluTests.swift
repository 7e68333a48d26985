import Ops
import Tensor
import TestSupport
import Testing

@Suite struct EluTests {
  private func elu() throws -> Elu { try Elu(Elu.builtins[0], options: OptionValues()) }

  /// Steps of ln 2: exp(-ln 2) - 1 is -1/2, then -3/4; 2 ln 2 is 5.5 quarters.
  @Test func takesCodes() throws {
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(4), scale: 0.693_147_2))],
      outputs: [Codes.type(Shape(4), scale: 0.25, zeroPoint: 1)])
    #expect(try Codes.of(elu(), signature, [-1, -2, 2, 0]) == [-1, -2, 7, 1])
  }

  @Test func takesFloats() throws {
    let type = Floats.type(Shape(3))
    let found = try Floats.of(
      elu(), Signature(inputs: [Operand(type)], outputs: [type]), [2.5, -.infinity, -0x1p-30])
    #expect(found == [2.5, -1, -0x1p-30])
  }

  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 3)))], outputs: [Codes.type(Shape(2, 3))])

  @Test(arguments: Refusal.elementwise) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: elu(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(Elu.self, .extents, .zeroPoints, .saturation, [.float32])
  }
}

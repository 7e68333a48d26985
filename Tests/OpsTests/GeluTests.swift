import Ops
import Tensor
import TestSupport
import Testing

@Suite struct GeluTests {
  private func gelu(approximate: Bool) throws -> Gelu {
    try Gelu(Gelu.builtins[0], options: OptionValues([0: .bool(approximate)]))
  }

  /// Of 1 it is 0.8413, of -1 it is -0.1587; the approximation is 0.0002 less.
  @Test(arguments: [false, true]) func takesCodes(_ isApproximate: Bool) throws {
    for (element, zeroPoint) in [(.int8, 0), (.uint8, 128)] as [(ElementType, Int32)] {
      let signature = Signature(
        inputs: [Operand(Codes.type(Shape(3), zeroPoint: zeroPoint, element: element))],
        outputs: [
          Codes.type(Shape(3), scale: 0.01, zeroPoint: zeroPoint, element: element)
        ])
      let found = try Codes.of(
        gelu(approximate: isApproximate), signature, [zeroPoint + 1, zeroPoint - 1, zeroPoint])
      #expect(found == [zeroPoint + 84, zeroPoint - 16, zeroPoint])
    }
  }

  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 3)))], outputs: [Codes.type(Shape(2, 3))])

  @Test(arguments: Refusal.elementwise) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: gelu(approximate: true), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Gelu.self, .extents, .operandZeroPoints, .saturation, [.uint8, .int16])
  }
}

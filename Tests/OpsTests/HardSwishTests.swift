import Ops
import Tensor
import TestSupport
import Testing

@Suite struct HardSwishTests {
  private func hardSwish() throws -> HardSwish {
    try HardSwish(HardSwish.builtins[0], options: OptionValues())
  }

  /// Sixteenths: 4 is beyond the gate, 1 times 4/6 are 10.67 of them.
  @Test func takesCodes() throws {
    for (element, zeroPoint) in [(.int8, 0), (.uint8, 128)] as [(ElementType, Int32)] {
      let type = Codes.type(Shape(3), scale: 1 / 16, zeroPoint: zeroPoint, element: element)
      let found = try Codes.of(
        hardSwish(), Signature(inputs: [Operand(type)], outputs: [type]),
        [zeroPoint + 64, zeroPoint - 64, zeroPoint + 16])
      #expect(found == [zeroPoint + 64, zeroPoint, zeroPoint + 11])
    }
  }

  @Test func takesFloats() throws {
    let type = Floats.type(Shape(4))
    #expect(
      try Floats.of(
        hardSwish(), Signature(inputs: [Operand(type)], outputs: [type]), [-4, -3, 3, 1.5])
        == [0, 0, 3, 1.125])
  }

  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 3)))], outputs: [Codes.type(Shape(2, 3))])

  static let refusals =
    Refusal.elementwise + [
      Refusal("a scale of 128 times the output", .unsupported, .output(0)) {
        $0.inputs[0]?.type.quantization = Quantization(scale: 128, zeroPoint: 0)
      },
      Refusal("a scale of 2^-10 of the output", .unsupported, .output(0)) {
        $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p-10, zeroPoint: 0)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: hardSwish(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      HardSwish.self, .elements, .extents, .zeroPoints, .saturation, .rescaling)
  }
}

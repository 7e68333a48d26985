import Ops
import Tensor
import TestSupport
import Testing

@Suite struct L2NormalizationTests {
  private func operation() throws -> L2Normalization {
    try L2Normalization(L2Normalization.builtins[0], options: OptionValues())
  }

  private static func signature(_ input: TensorType, zeroPoint: Int32 = 0) -> Signature {
    var output = input
    output.quantization = Quantization(scale: 1 / 128, zeroPoint: zeroPoint)
    return Signature(inputs: [Operand(input)], outputs: [output])
  }

  /// 3/5 and -4/5 of 128 are 76.8 and -102.4; 1 is beyond the codes; nothing stays nothing.
  @Test func normalizesCodes() throws {
    let signature = Self.signature(Codes.type(Shape(3, 2), zeroPoint: 1))
    #expect(try Codes.of(operation(), signature, [4, -3, 9, 1, 1, 1]) == [77, -102, 127, 0, 0, 0])
  }

  @Test func normalizesUnsignedCodes() throws {
    let signature = Self.signature(
      Codes.type(Shape(2), zeroPoint: 100, element: .uint8), zeroPoint: 128)
    #expect(try Codes.of(operation(), signature, [103, 96]) == [205, 26])
  }

  @Test func normalizesFloats() throws {
    let type = Floats.type(Shape(2, 2))
    let signature = Signature(inputs: [Operand(type)], outputs: [type])
    #expect(try Floats.of(operation(), signature, [3, -4, 1e-8, 0]) == [0.6, -0.8, 0.01, 0])
  }

  static let accepted = signature(Codes.type(Shape(2, 3)))

  static let refusals =
    Refusal.elementwise + [
      Refusal("another scale", .invalid, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 1 / 256, zeroPoint: 0)
      },
      Refusal("no axis", .invalid, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape()
        $0.outputs[0].shape = Shape()
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: operation(), Self.accepted)
  }

  @Test func refusesActivations() {
    #expect(throws: OptionError.self) {
      try L2Normalization(L2Normalization.builtins[0], options: OptionValues([0: .int8(1)]))
    }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(L2Normalization.self, .elements, .extents, .operandZeroPoints)
  }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SqrtTests {
  private func function(_ name: String) throws -> Sqrt {
    let builtin = try #require(Sqrt.builtins.first { $0.name == name })
    return try Sqrt(builtin, options: OptionValues())
  }

  private static func signature(
    _ count: Int, _ outputScale: Float, _ element: ElementType = .int8
  ) -> Signature {
    Signature(
      inputs: [Operand(Codes.type(Shape(count), element: element))],
      outputs: [Codes.type(Shape(count), scale: outputScale, element: element)])
  }

  /// The root of 8 is cut off to 2.
  @Test func takesRoots() throws {
    #expect(
      try Codes.of(function("SQRT"), Self.signature(4, 1), [0, 1, 4, 8], profile: .litert)
        == [0, 1, 2, 2])
  }

  /// In steps of 2^-6; of 0 it is the highest code.
  @Test(arguments: Profile.all) func takesReciprocalRoots(_ profile: Profile) throws {
    #expect(
      try Codes.of(function("RSQRT"), Self.signature(4, 0x1p-6), [1, 4, 16, 0], profile: profile)
        == [64, 32, 16, 127])
  }

  /// Half of 2^14 in fixed point; between the entries of a table at 0 and 128 it is far off.
  @Test func wordsFollowTheProfile() throws {
    let signature = Self.signature(1, 0x1p-14, .int16)
    #expect(try Codes.of(function("RSQRT"), signature, [4], profile: .tflm) == [8192])
    #expect(try Codes.of(function("RSQRT"), signature, [4], profile: .litert) == [24497])
  }

  @Test func takesFloats() throws {
    let type = Floats.type(Shape(2))
    let signature = Signature(inputs: [Operand(type)], outputs: [type])
    #expect(try Floats.of(function("SQRT"), signature, [9, 0.25]) == [3, 0.5])
    #expect(try Floats.of(function("RSQRT"), signature, [4, 0]) == [0.5, .infinity])
  }

  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 3)))], outputs: [Codes.type(Shape(2, 3))])

  static let refusals =
    Refusal.elementwise + [
      Refusal("steps of 2^12", .unsupported, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 0x1p12, zeroPoint: 0)
      }
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: function("RSQRT"), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(Sqrt.self, .extents, .operandZeroPoints, [.float32, .int16])
  }
}

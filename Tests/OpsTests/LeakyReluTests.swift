import Ops
import Tensor
import TestSupport
import Testing

@Suite struct LeakyReluTests {
  private func leakyRelu(slope: Float) throws -> LeakyRelu {
    try LeakyRelu(LeakyRelu.builtins[0], options: OptionValues([0: .float32(slope)]))
  }

  private static func signature(_ input: TensorType, _ output: TensorType) -> Signature {
    Signature(inputs: [Operand(input)], outputs: [output])
  }

  /// A quarter of each negative code, rounded twice.
  ///
  /// The high multiply halves -1, -2, -3, -4 and -6 to 0, -1, -1, -2 and -3, upward where it is a
  /// tie; the shift halves that to 0, -1, -1, -1 and -2, away from zero.
  @Test func rounds() throws {
    let type = Codes.type(Shape(7))
    let codes = try Codes.of(
      leakyRelu(slope: 0.25), Self.signature(type, type), [5, 0, -1, -2, -3, -4, -6])
    #expect(codes == [5, 0, 0, -1, -1, -1, -2])
  }

  /// Of a slope below 0 the magnitude is rounded and then the sign changed: halves of -1, -3 and -5
  /// go upward to 0, -1 and -2; a quarter of -5 to -2.5, to -2 by the high multiply, to -1 by the
  /// shift.
  @Test(arguments: Profile.all) func roundsBeforeItMirrors(_ profile: Profile) throws {
    let type = Codes.type(Shape(3))
    let signature = Self.signature(type, type)
    #expect(
      try Codes.of(leakyRelu(slope: -0.5), signature, [-1, -3, -5], profile: profile) == [0, 1, 2])
    #expect(
      try Codes.of(leakyRelu(slope: -0.25), signature, [-5, 0, 5], profile: profile) == [1, 0, 5])
  }

  /// Operand steps of 1/2 around 10, result steps of 1/4 around -20: 4 steps up are 8 up, 4 steps
  /// down are 4 down at slope 1/2.
  @Test func rescales() throws {
    let signature = Self.signature(
      Codes.type(Shape(3), scale: 0.5, zeroPoint: 10),
      Codes.type(Shape(3), scale: 0.25, zeroPoint: -20))
    #expect(try Codes.of(leakyRelu(slope: 0.5), signature, [10, 14, 6]) == [-20, -12, -24])
  }

  /// 24 steps of 1/64 are 62.4999995 of 0.006 as a float, and half of as many below are 62.4999995
  /// of half of that: 62; with factors rounded to single precision both are 62.5.
  @Test func multipliesScalesInThePrecisionOfTheProfile() throws {
    func codes(of code: Int32, steps: Float, _ profile: Profile) throws -> [Int32] {
      let signature = Self.signature(
        Codes.type(Shape(1), scale: 0x1p-6), Codes.type(Shape(1), scale: steps))
      return try Codes.of(leakyRelu(slope: 0.5), signature, [code], profile: profile)
    }
    #expect(try codes(of: 24, steps: 0.006, .tflm) == [62])
    #expect(try codes(of: 24, steps: 0.006, .litert) == [63])
    #expect(try codes(of: -24, steps: 0.003, .tflm) == [-62])
    #expect(try codes(of: -24, steps: 0.003, .litert) == [-63])
  }

  /// Slopes above 1 and below 0; -100 becomes -200 and 200.
  @Test func clamps() throws {
    let type = Codes.type(Shape(3))
    let signature = Self.signature(type, type)
    #expect(try Codes.of(leakyRelu(slope: 2), signature, [-100, -3, 100]) == [-128, -6, 100])
    #expect(try Codes.of(leakyRelu(slope: -2), signature, [-100, -3, 100]) == [127, 6, 100])
  }

  /// Around 128: 8 below becomes 4 below.
  @Test func takesUnsignedCodes() throws {
    let type = Codes.type(Shape(4), zeroPoint: 128, element: .uint8)
    #expect(
      try Codes.of(leakyRelu(slope: 0.5), Self.signature(type, type), [0, 120, 128, 255])
        == [64, 124, 128, 255])
  }

  @Test func takesSixteenBitCodes() throws {
    let type = Codes.type(Shape(3), element: .int16)
    #expect(
      try Codes.of(leakyRelu(slope: 0.25), Self.signature(type, type), [-32768, 0, 32767])
        == [-8192, 0, 32767])
  }

  @Test func takesFloats() throws {
    let type = Floats.type(Shape(4))
    #expect(
      try Floats.of(leakyRelu(slope: 0.25), Self.signature(type, type), [-2, 0, 3, -.infinity])
        == [-0.5, 0, 3, -.infinity])
  }

  static let accepted = signature(Codes.type(Shape(2, 3)), Codes.type(Shape(2, 3)))

  static let refusals =
    Refusal.elementwise + [
      Refusal("a scale of 2^29 times the output's", .invalid, .output(0)) {
        $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p29, zeroPoint: 0)
      }
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: leakyRelu(slope: 0.25), Self.accepted)
  }

  /// 2^20 times the slope 2^9 is more than a multiplier holds.
  @Test func refusesSteepSlopes() throws {
    var signature = Self.accepted
    signature.inputs[0]?.type.quantization = Quantization(scale: 0x1p20, zeroPoint: 0)
    #expect(try Codes.refusal(of: leakyRelu(slope: 1), signature) == nil)
    #expect(try Codes.refusal(of: leakyRelu(slope: -0x1p9), signature)?.subject == .output(0))
  }

  @Test(arguments: [Float.infinity, .nan]) func refusesSlopes(_ slope: Float) {
    #expect(throws: OptionError.self) { try leakyRelu(slope: slope) }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      LeakyRelu.self, .elements, .extents, .zeroPoints, .saturation, .rescaling, [.int16])
  }
}

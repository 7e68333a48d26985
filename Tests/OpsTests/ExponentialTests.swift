import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ExponentialTests {
  private func function(_ name: String) throws -> Exponential {
    let builtin = try #require(Exponential.builtins.first { $0.name == name })
    return try Exponential(builtin, options: OptionValues())
  }

  private static func signature(
    _ count: Int, _ scale: Float, _ outputScale: Float, _ element: ElementType = .int8
  ) -> Signature {
    Signature(
      inputs: [Operand(Codes.type(Shape(count), scale: scale, element: element))],
      outputs: [Codes.type(Shape(count), scale: outputScale, element: element)])
  }

  private static let logTwo: Float = 0.693_147_2

  /// Powers of two; 128 is one more than a code.
  @Test func takesPowers() throws {
    #expect(
      try Codes.of(function("EXP"), Self.signature(5, Self.logTwo, 1), [0, 1, 2, 3, 7])
        == [1, 2, 4, 8, 127])
  }

  /// There is no logarithm of 0 or less.
  @Test func takesLogarithms() throws {
    #expect(
      try Codes.of(function("LOG"), Self.signature(6, 1, Self.logTwo), [1, 2, 4, 8, 0, -5])
        == [0, 1, 2, 3, -128, -128])
  }

  /// Steps of 2^-14 times 65535/65536: 1 is 16384.25 of them, exp(2^-7) 16512.75.
  @Test func interpolatesWords() throws {
    #expect(
      try Codes.of(function("EXP"), Self.signature(2, 0x1p-20, 0x1p-14, .int16), [0, 8192])
        == [16384, 16513])
  }

  /// Where the next entry is infinite, half of the error is no number, which as a word is 0.
  @Test func infiniteEntriesAreZero() throws {
    let signature = Self.signature(1, 1, 1, .int16)
    #expect(try Codes.of(function("EXP"), signature, [32640]) == [0])
  }

  @Test func takesFloats() throws {
    let type = Floats.type(Shape(2))
    let signature = Signature(inputs: [Operand(type)], outputs: [type])
    #expect(try Floats.of(function("EXP"), signature, [0, -.infinity]) == [1, 0])
    #expect(try Floats.of(function("LOG"), signature, [1, .infinity]) == [0, .infinity])
  }

  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 3)))], outputs: [Codes.type(Shape(2, 3))])

  @Test(arguments: Refusal.elementwise) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: function("EXP"), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Exponential.self, .extents, .operandZeroPoints, .saturation, [.float32, .int16])
  }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct AbsTests {
  private func absolute() throws -> Abs { try Abs(Abs.builtins[0], options: OptionValues()) }

  private static func signature(_ input: TensorType, _ output: TensorType) -> Signature {
    Signature(inputs: [Operand(input)], outputs: [output])
  }

  /// Steps of 1 around 3, results in halves around -10; 255 steps are more than a code.
  @Test func takesCodes() throws {
    #expect(
      try Codes.of(
        absolute(),
        Self.signature(
          Codes.type(Shape(3), zeroPoint: 3), Codes.type(Shape(3), scale: 0.5, zeroPoint: -10)),
        [3, 5, -2]) == [-10, -6, 0])
    let type = Codes.type(Shape(1), zeroPoint: 127)
    #expect(
      try Codes.of(absolute(), Self.signature(type, Codes.type(Shape(1))), [-128]) == [127])
  }

  /// The lowest word is more than a word when it is quantized, and itself when it is not.
  @Test func takesWords() throws {
    let quantized = Codes.type(Shape(2), element: .int16)
    #expect(
      try Codes.of(absolute(), Self.signature(quantized, quantized), [-5, -32768]) == [5, 32767])
    let plain = TensorType(.int16, Shape(2))
    let signature = Self.signature(plain, plain)
    #expect(try Codes.of(absolute(), signature, [-5, -32768]) == [5, -32768])
    #expect(try absolute().version(signature) == 4)
    #expect(try !absolute().isImplemented(signature, by: .litert))
  }

  @Test func takesFloats() throws {
    let type = Floats.type(Shape(2))
    #expect(try Floats.of(absolute(), Self.signature(type, type), [-1.5, 2]) == [1.5, 2])
  }

  static let accepted = signature(Codes.type(Shape(2, 3)), Codes.type(Shape(2, 3)))

  @Test(arguments: Refusal.elementwise) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: absolute(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Abs.self, .extents, .operandZeroPoints, .rescaling, [.float32, .int16])
  }
}

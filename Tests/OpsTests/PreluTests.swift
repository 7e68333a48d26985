import Ops
import Tensor
import TestSupport
import Testing

@Suite struct PreluTests {
  private func prelu() throws -> Prelu { try Prelu(Prelu.builtins[0], options: OptionValues()) }

  private static func signature(
    _ input: TensorType, _ slope: TensorType, _ output: TensorType
  ) -> Signature {
    Signature(inputs: [Operand(input), Operand(slope)], outputs: [output])
  }

  /// Slopes in quarters around 1: code 3 is 1/2, code -3 is -1.
  @Test func takesCodes() throws {
    let signature = Self.signature(
      Codes.type(Shape(2, 2)), Codes.type(Shape(2), scale: 0.25, zeroPoint: 1),
      Codes.type(Shape(2, 2), zeroPoint: 10))
    #expect(
      try Codes.of(prelu(), signature, [-4, -4, 5, 0], [3, -3]) == [8, 14, 15, 10])
  }

  /// Slopes are codes of 8 bits: -4 halves.
  @Test func takesWords() throws {
    let type = Codes.type(Shape(3), element: .int16)
    let signature = Self.signature(type, Codes.type(Shape(1), scale: 0.5), type)
    #expect(try Codes.of(prelu(), signature, [-1000, 1000, -32768], [-4]) == [2000, 1000, 32767])
  }

  @Test func takesFloats() throws {
    let type = Floats.type(Shape(2))
    #expect(
      try Floats.of(
        prelu(), Self.signature(type, Floats.type(Shape(1)), type), [-3, 2], [0.5]) == [-1.5, 2])
  }

  static let accepted = signature(
    Codes.type(Shape(2, 3)), Codes.type(Shape(3)), Codes.type(Shape(2, 3)))

  static let refusals =
    Refusal.pair.filter { !$0.testDescription.contains("2^30") } + [
      Refusal("slopes of more axes", .invalid, .output(0)) {
        $0.inputs[1]?.type.shape = Shape(2, 2, 3)
        $0.outputs[0].shape = Shape(2, 2, 3)
      }
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: prelu(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Prelu.self, .elements, .extents, .zeroPoints, .saturation,
      [.broadcast, .constantOperand, .int16])
  }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SquaredDifferenceTests {
  private static func signature(
    _ left: TensorType, _ right: TensorType, _ output: TensorType
  ) -> Signature {
    Signature(inputs: [Operand(left), Operand(right)], outputs: [output])
  }

  private func square() throws -> SquaredDifference {
    try SquaredDifference(SquaredDifference.builtins[0], options: OptionValues())
  }

  /// (3 * 0.5 - 4 * 0.25)^2 is 0.25, (5 * 0.5 + 2 * 0.25)^2 is 9, in steps of 1/4 around -100.
  @Test(arguments: Profile.all) func squaresCodes(_ profile: Profile) throws {
    let signature = Self.signature(
      Codes.type(Shape(2), scale: 0.5, zeroPoint: 1), Codes.type(Shape(2), scale: 0.25),
      Codes.type(Shape(2), scale: 0.25, zeroPoint: -100))
    #expect(try Codes.of(square(), signature, [4, 6], [4, -2], profile: profile) == [-99, -64])
  }

  @Test func squaresFloatsAndIntegers() throws {
    let (type, whole) = (Floats.type(Shape(2)), TensorType(.int32, Shape(2)))
    #expect(
      try Floats.of(square(), Self.signature(type, type, type), [1, -3], [0.5, 4]) == [0.25, 49])
    #expect(
      try Codes.of(square(), Self.signature(whole, whole, whole), [1, 65536], [4, 0]) == [9, 0])
  }

  static let accepted = signature(
    Codes.type(Shape(2, 3)), Codes.type(Shape(3)), Codes.type(Shape(2, 3)))

  @Test(arguments: Refusal.pair) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: square(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(SquaredDifference.self, [.broadcast, .constantOperand, .int16])
  }
}

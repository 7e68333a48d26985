import Ops
import Tensor
import TestSupport
import Testing

@Suite struct PowTests {
  private static func signature(_ left: TensorType, _ right: TensorType) -> Signature {
    Signature(inputs: [Operand(left), Operand(right)], outputs: [left])
  }

  private func pow() throws -> Pow { try Pow(Pow.builtins[0], options: OptionValues()) }

  /// What 32 bits do not hold is the least number, but where one exponent stands for all.
  @Test func raisesIntegers() throws {
    let type = TensorType(.int32, Shape(3))
    #expect(
      try Codes.of(pow(), Self.signature(type, type), [3, -2, 10], [4, 3, 10]) == [81, -8, .min])
    let one = TensorType(.int32, Shape(1))
    #expect(
      try Codes.of(pow(), Self.signature(type, one), [3, -2, 65536], [2]) == [9, 4, 0])
  }

  @Test func raisesFloats() throws {
    let (type, one) = (Floats.type(Shape(3)), Floats.type(Shape(1)))
    #expect(
      try Floats.of(pow(), Self.signature(type, type), [4, 2, 0.5], [0.5, -1, 3]) == [
        2, 0.5, 0.125,
      ])
    #expect(
      try Floats.of(pow(), Self.signature(type, one), [-3, 2, .infinity], [3])
        == [-27, 8, .greatestFiniteMagnitude])
  }

  @Test func refusesCodes() throws {
    let type = Codes.type(Shape(3))
    #expect(try Codes.refusal(of: pow(), Self.signature(type, type))?.kind == .unsupported)
  }
}

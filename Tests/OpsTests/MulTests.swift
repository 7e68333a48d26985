import Ops
import Tensor
import TestSupport
import Testing

@Suite struct MulTests {
  private func multiply(_ activation: Activation = .none) throws -> Mul {
    try Mul(Mul.builtins[0], options: OptionValues([0: .int8(activation.rawValue)]))
  }

  private static func signature(
    _ left: TensorType, _ right: TensorType, _ output: TensorType
  ) -> Signature {
    Signature(inputs: [Operand(left), Operand(right)], outputs: [output])
  }

  /// 3 * 0.5 times 2 * 0.25 is 0.75 = 6 * 0.125, around zero points 1, 2 and 3.
  @Test func multipliesAcrossScales() throws {
    let signature = Self.signature(
      Codes.type(Shape(1), scale: 0.5, zeroPoint: 1),
      Codes.type(Shape(1), scale: 0.25, zeroPoint: 2),
      Codes.type(Shape(1), scale: 0.125, zeroPoint: 3))
    #expect(try Codes.of(multiply(), signature, [4], [4]) == [9])
  }

  /// Products in halves are rounded once, ties upward; in quarters first to halves, upward, and
  /// those away from zero.
  @Test func roundsTwice() throws {
    func products(steps: Float, _ codes: [Int32]) throws -> [Int32] {
      let shape = Shape(codes.count)
      let signature = Self.signature(
        Codes.type(shape), Codes.type(Shape(1)), Codes.type(shape, scale: steps))
      return try Codes.of(multiply(), signature, codes, [1])
    }
    #expect(try products(steps: 2, [1, 3, -1, -3]) == [1, 2, 0, -1])
    #expect(try products(steps: 4, [1, 2, -1, -2, -3]) == [1, 1, 0, -1, -1])
  }

  @Test func clamps() throws {
    let type = Codes.type(Shape(3))
    let signature = Self.signature(type, type, type)
    #expect(try Codes.of(multiply(), signature, [100, -100, 3], [2, 2, -2]) == [127, -128, -6])
    #expect(
      try Codes.of(multiply(.relu6), signature, [100, -100, 5], [2, 2, 1]) == [6, 0, 5])
    #expect(
      try Codes.of(multiply(.reluMinus1To1), signature, [100, -100, 0], [2, 2, 1]) == [1, -1, 0])
  }

  /// [2, 1] and [3] make [2, 3].
  @Test func broadcasts() throws {
    let signature = Self.signature(
      Codes.type(Shape(2, 1)), Codes.type(Shape(3)), Codes.type(Shape(2, 3)))
    let operation = try multiply()
    #expect(try Codes.of(operation, signature, [10, -1], [1, 2, 3]) == [10, 20, 30, -1, -2, -3])
    #expect(
      operation.access(signature, output: 0).operands
        == [[.window(axis: 0), .fixed(0)], [.window(axis: 1)]])
  }

  /// -3 times -4 around 128, plus 100.
  @Test func takesUnsignedCodes() throws {
    let type = Codes.type(Shape(2), zeroPoint: 128, element: .uint8)
    let output = Codes.type(Shape(2), zeroPoint: 100, element: .uint8)
    #expect(
      try Codes.of(multiply(), Self.signature(type, type, output), [125, 255], [124, 255])
        == [112, 255])
  }

  @Test func takesFloats() throws {
    let type = Floats.type(Shape(3))
    let signature = Self.signature(type, type, type)
    #expect(try Floats.of(multiply(), signature, [1.5, -2, 4], [0.5, 3, 4]) == [0.75, -6, 16])
    #expect(
      try Floats.of(multiply(.relu6), signature, [1.5, -2, 4], [0.5, 3, 4]) == [0.75, 0, 6])
  }

  /// 0.07 * 0.7 / 0.06, of the scales as floats, times 30 is 24.50000024: 25.
  ///
  /// The quotient rounded to single precision times 30 is 24.49999988: 24.
  @Test func multipliesScalesInThePrecisionOfTheProfile() throws {
    let signature = Self.signature(
      Codes.type(Shape(2), scale: 0.07), Codes.type(Shape(1), scale: 0.7),
      Codes.type(Shape(2), scale: 0.06))
    #expect(try Codes.of(multiply(), signature, [30, -30], [1], profile: .tflm) == [25, -25])
    #expect(try Codes.of(multiply(), signature, [30, -30], [1], profile: .litert) == [24, -24])
  }

  /// Products of 16 bits are rounded as those of 8; integers that stand for themselves wrap.
  @Test func takesWiderIntegers() throws {
    let type = Codes.type(Shape(2), scale: 0.5, element: .int16)
    let output = Codes.type(Shape(2), scale: 0.25, element: .int16)
    #expect(
      try Codes.of(multiply(), Self.signature(type, type, output), [300, -300], [30, 300])
        == [9000, -32768])
    let whole = TensorType(.int32, Shape(2))
    #expect(
      try Codes.of(multiply(), Self.signature(whole, whole, whole), [3, 65536], [-4, 65536])
        == [-12, 0])
  }

  static let accepted = signature(
    Codes.type(Shape(2, 3)), Codes.type(Shape(3)), Codes.type(Shape(2, 3)))

  @Test(arguments: Refusal.pair) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: multiply(), Self.accepted)
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(Mul.self, .pair, .rescaling) }
}

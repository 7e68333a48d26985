import Ops
import Tensor
import TestSupport
import Testing

@Suite struct DivTests {
  private func divide(_ activation: Activation = .none) throws -> Div {
    try Div(Div.builtins[0], options: OptionValues([0: .int8(activation.rawValue)]))
  }

  private static func signature(
    _ left: TensorType, _ right: TensorType, _ output: TensorType
  ) -> Signature {
    Signature(inputs: [Operand(left), Operand(right)], outputs: [output])
  }

  /// 96 / 2, -96 / 3 and 90 / -4 in steps of 1/2, the last a tie.
  @Test func dividesCodes() throws {
    let type = Codes.type(Shape(3))
    let signature = Self.signature(type, type, Codes.type(Shape(3), scale: 0.5, zeroPoint: 1))
    #expect(try Codes.of(divide(), signature, [96, -96, 90], [2, 3, -4]) == [97, -63, -44])
  }

  /// 1/4 in steps of 0.1, of scales that are the same, is a tie, next to which 0.1 as a float lies.
  @Test func dividesScalesInThePrecisionOfTheProfile() throws {
    let type = Codes.type(Shape(1), scale: 0.07)
    let signature = Self.signature(type, type, Codes.type(Shape(1), scale: 0.1))
    #expect(try Codes.of(divide(), signature, [1], [4], profile: .tflm) == [2])
    #expect(try Codes.of(divide(), signature, [1], [4], profile: .litert) == [3])
  }

  /// Truncated towards zero; 0 where a quotient is undefined.
  @Test func dividesIntegers() throws {
    let type = TensorType(.int32, Shape(4))
    let signature = Self.signature(type, type, type)
    #expect(
      try Codes.of(divide(), signature, [7, -7, 7, .min], [2, 2, 0, -1]) == [3, -3, 0, 0])
    #expect(
      try Codes.of(divide(.relu6), signature, [7, -7, 70, 2], [2, 2, 2, 1]) == [3, 0, 6, 2])
  }

  @Test func dividesFloats() throws {
    let type = Floats.type(Shape(3))
    let signature = Self.signature(type, type, type)
    #expect(
      try Floats.of(divide(), signature, [1, -3, 1], [4, 2, 0])
        == [0.25, -1.5, .greatestFiniteMagnitude])
  }

  static let accepted = signature(
    Codes.type(Shape(2, 3)), Codes.type(Shape(3)), Codes.type(Shape(2, 3)))

  static let refusals =
    Refusal.pair.filter { !$0.testDescription.contains("2^30") }
    + [
      Refusal("quotients of 2^30 steps", .unsupported, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 0x1p-30, zeroPoint: 0)
      }
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: divide(), Self.accepted)
  }
}

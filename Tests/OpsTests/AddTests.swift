import Ops
import Tensor
import TestSupport
import Testing

@Suite struct AddTests {
  private func add(_ activation: Activation = .none) throws -> Add {
    try Add(Add.builtins[0], options: OptionValues([0: .int8(activation.rawValue)]))
  }

  private static func signature(
    _ left: TensorType, _ right: TensorType, _ output: TensorType
  ) -> Signature {
    Signature(inputs: [Operand(left), Operand(right)], outputs: [output])
  }

  /// 3 * 0.5 + 2 * 0.25 = 2 = 8 * 0.25, around zero points 1, 2 and 3.
  @Test func addsAcrossScales() throws {
    let signature = Self.signature(
      Codes.type(Shape(1), scale: 0.5, zeroPoint: 1),
      Codes.type(Shape(1), scale: 0.25, zeroPoint: 2),
      Codes.type(Shape(1), scale: 0.25, zeroPoint: 3))
    #expect(try Codes.of(add(), signature, [4], [4]) == [11])
  }

  /// 1/2 and -1/2 are ties, which go away from zero.
  @Test func rounds() throws {
    let half = Codes.type(Shape(4), scale: 0.5)
    let signature = Self.signature(half, half, Codes.type(Shape(4)))
    #expect(try Codes.of(add(), signature, [1, -1, 3, 2], [0, 0, 0, 0]) == [1, -1, 2, 1])
  }

  @Test func clamps() throws {
    let type = Codes.type(Shape(3))
    let signature = Self.signature(type, type, type)
    #expect(try Codes.of(add(), signature, [100, -100, 2], [100, -100, 1]) == [127, -128, 3])
    #expect(try Codes.of(add(.relu6), signature, [5, -5, 2], [5, -5, 1]) == [6, 0, 3])
  }

  /// [2, 1] and [3] make [2, 3].
  @Test func broadcasts() throws {
    let signature = Self.signature(
      Codes.type(Shape(2, 1)), Codes.type(Shape(3)), Codes.type(Shape(2, 3)))
    let operation = try add()
    #expect(
      try Codes.of(operation, signature, [10, 20], [1, 2, 3]) == [11, 12, 13, 21, 22, 23])
    #expect(
      operation.access(signature, output: 0).operands
        == [[.window(axis: 0), .fixed(0)], [.window(axis: 1)]])
    #expect(operation.inPlace(signature, operand: 0, output: 0) == .never)
    #expect(operation.inPlace(signature, operand: 1, output: 0) == .never)
  }

  /// Scalars have no axes.
  @Test func addsScalars() throws {
    let scalar = Codes.type(Shape())
    #expect(try Codes.of(add(), Self.signature(scalar, scalar, scalar), [2], [3]) == [5])
  }

  static let accepted = signature(
    Codes.type(Shape(2, 3)), Codes.type(Shape(3)), Codes.type(Shape(2, 3)))

  static let refusals =
    Refusal.operand(0) + Refusal.result + [
      Refusal("one operand", .invalid, .operands) { $0.inputs.removeLast() },
      Refusal("three operands", .invalid, .operands) { $0.inputs.append(nil) },
      Refusal("an absent operand", .invalid, .operands) { $0.inputs[1] = nil },
      Refusal("operands of two types", .unsupported, .operand(1)) {
        $0.inputs[1]?.type.element = .int16
      },
      Refusal("operand 1 not quantized", .invalid, .operand(1)) {
        $0.inputs[1]?.type.quantization = nil
      },
      Refusal("shapes that do not fit", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(2)
      },
      Refusal("a scale of 2^30 times the output's", .invalid, .output(0)) {
        $0.inputs[1]?.type.quantization = Quantization(scale: 0x1p30, zeroPoint: 0)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: add(), Self.accepted)
  }
}

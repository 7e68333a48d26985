import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ReluTests {
  private static let relu = Relu.builtins[0]
  private static let reluMinus1To1 = Relu.builtins[1]
  private static let relu6 = Relu.builtins[2]

  private func operation(_ builtin: Builtin) throws -> Relu {
    try Relu(builtin, options: OptionValues())
  }

  private static func signature(_ input: TensorType, _ output: TensorType) -> Signature {
    Signature(inputs: [Operand(input)], outputs: [output])
  }

  /// Steps of 1/2 around 3: 0 is 3, 1 is 5, -1 is 1 and 6 is 15.
  @Test(arguments: Profile.all) func clamps(_ profile: Profile) throws {
    let type = Codes.type(Shape(5), scale: 0.5, zeroPoint: 3)
    let signature = Self.signature(type, type)
    func clamped(_ builtin: Builtin) throws -> [Int32] {
      try Codes.of(operation(builtin), signature, [-128, 2, 3, 14, 127], profile: profile)
    }
    #expect(try clamped(Self.relu) == [3, 3, 3, 14, 127])
    #expect(try clamped(Self.relu6) == [3, 3, 3, 14, 15])
    #expect(try clamped(Self.reluMinus1To1) == [1, 2, 3, 5, 5])
  }

  /// Operand steps of 1 around 0, result steps of 1/2 around 10: 2 is code 14, 1 is code 12.
  @Test(arguments: Profile.all) func rescales(_ profile: Profile) throws {
    let signature = Self.signature(
      Codes.type(Shape(4)), Codes.type(Shape(4), scale: 0.5, zeroPoint: 10))
    func rescaled(_ builtin: Builtin) throws -> [Int32] {
      try Codes.of(operation(builtin), signature, [2, -3, 100, 0], profile: profile)
    }
    #expect(try rescaled(Self.relu) == [14, 10, 127, 10])
    #expect(try rescaled(Self.reluMinus1To1) == [12, 8, 12, 10])
  }

  /// Quarters are rounded to halves first, upward where it is a tie, then away from zero.
  @Test func roundsTwice() throws {
    let signature = Self.signature(Codes.type(Shape(4)), Codes.type(Shape(4), scale: 4))
    #expect(try Codes.of(operation(Self.relu), signature, [1, 2, 3, -9]) == [1, 1, 1, 0])
  }

  /// 24 steps of 1/64 are 62.4999995 of 0.006 as a float: 62; with a quotient rounded to single
  /// precision they are 62.5, which goes upward.
  @Test func dividesScalesInThePrecisionOfTheProfile() throws {
    let signature = Self.signature(
      Codes.type(Shape(1), scale: 0x1p-6), Codes.type(Shape(1), scale: 0.006))
    let operation = try operation(Self.relu)
    #expect(try Codes.of(operation, signature, [24], profile: .tflm) == [62])
    #expect(try Codes.of(operation, signature, [24], profile: .litert) == [63])
  }

  /// LiteRT makes 2, 6 and 0 of 2, 7 and -3, in steps of 1/2 around 10; TFLM clamps codes to those
  /// of 0 and 6 in the operand's steps of 1 around 0, and leaves them.
  @Test func relu6FollowsTheProfile() throws {
    let signature = Self.signature(
      Codes.type(Shape(3)), Codes.type(Shape(3), scale: 0.5, zeroPoint: 10))
    let operation = try operation(Self.relu6)
    #expect(try Codes.of(operation, signature, [2, 7, -3], profile: .litert) == [14, 22, 10])
    #expect(try Codes.of(operation, signature, [2, 7, -3], profile: .tflm) == [2, 6, 0])
  }

  /// Around 128, in steps of 1.
  @Test(arguments: Profile.all) func takesUnsignedCodes(_ profile: Profile) throws {
    let type = Codes.type(Shape(4), zeroPoint: 128, element: .uint8)
    #expect(
      try Codes.of(
        operation(Self.relu6), Self.signature(type, type), [0, 128, 130, 255], profile: profile)
        == [128, 128, 130, 134])
  }

  /// LiteRT alone has it.
  @Test func clampsToOne() throws {
    let builtin = try #require(Relu.builtins.first { $0.name == "RELU_0_TO_1" })
    let operation = try operation(builtin)
    let type = Codes.type(Shape(4), scale: 0.25, zeroPoint: 5)
    let signature = Self.signature(type, type)
    #expect(try Codes.of(operation, signature, [-7, 7, 9, 100]) == [5, 7, 9, 9])
    #expect(!operation.isImplemented(signature, by: .tflm))
    let floats = Floats.type(Shape(3))
    #expect(
      try Floats.of(operation, Self.signature(floats, floats), [-2, 0.5, 7]) == [0, 0.5, 1])
  }

  @Test(arguments: Profile.all) func takesWords(_ profile: Profile) throws {
    let type = Codes.type(Shape(3), scale: 0x1p-8, element: .int16)
    func clamped(_ builtin: Builtin) throws -> [Int32] {
      try Codes.of(
        operation(builtin), Self.signature(type, type), [-32768, 300, 32767], profile: profile)
    }
    #expect(try clamped(Self.relu) == [0, 300, 32767])
    #expect(try clamped(Self.relu6) == [0, 300, 1536])
  }

  /// What is no number passes.
  @Test func takesFloats() throws {
    let type = Floats.type(Shape(4))
    func clamped(_ builtin: Builtin) throws -> [Float] {
      try Floats.of(operation(builtin), Self.signature(type, type), [-2.5, 0.5, 7, .nan])
    }
    #expect(try clamped(Self.relu).dropLast() == [0, 0.5, 7])
    #expect(try clamped(Self.relu6).dropLast() == [0, 0.5, 6])
    #expect(try clamped(Self.reluMinus1To1).dropLast() == [-1, 0.5, 1])
    #expect(try clamped(Self.relu6)[3].isNaN)
  }

  static let accepted = signature(Codes.type(Shape(2, 3)), Codes.type(Shape(2, 3)))

  static let refusals =
    Refusal.elementwise + [
      Refusal("a scale of 2^29 times the output's", .invalid, .output(0)) {
        $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p29, zeroPoint: 0)
      }
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: operation(Self.relu), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Relu.self, .elements, .extents, .zeroPoints, .saturation, .rescaling, [.int16])
  }
}

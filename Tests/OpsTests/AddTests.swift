import Ops
import Tensor
import TestSupport
import Testing

@Suite struct AddTests {
  private func add(_ activation: Activation = .none) throws -> Add {
    try Add(Add.builtins[0], options: OptionValues([0: .int8(activation.rawValue)]))
  }

  private func subtract(_ activation: Activation = .none) throws -> Add {
    try Add(Add.builtins[1], options: OptionValues([0: .int8(activation.rawValue)]))
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
  }

  /// Scalars have no axes.
  @Test func addsScalars() throws {
    let scalar = Codes.type(Shape())
    #expect(try Codes.of(add(), Self.signature(scalar, scalar, scalar), [2], [3]) == [5])
  }

  /// 3 * 0.5 - 2 * 0.25 = 1 = 4 * 0.25, around zero points 1, 2 and 3.
  @Test(arguments: Profile.all) func subtractsAcrossScales(_ profile: Profile) throws {
    let signature = Self.signature(
      Codes.type(Shape(1), scale: 0.5, zeroPoint: 1),
      Codes.type(Shape(1), scale: 0.25, zeroPoint: 2),
      Codes.type(Shape(1), scale: 0.25, zeroPoint: 3))
    #expect(try Codes.of(subtract(), signature, [4], [4], profile: profile) == [7])
  }

  /// Operand 1 is taken from operand 0, whichever is broadcast.
  @Test func subtractsInOrder() throws {
    let (one, three) = (Codes.type(Shape(1)), Codes.type(Shape(3)))
    #expect(
      try Codes.of(subtract(), Self.signature(one, three, three), [5], [1, 2, 9]) == [4, 3, -4])
    #expect(
      try Codes.of(subtract(), Self.signature(three, one, three), [1, 2, 9], [5]) == [-4, -3, 4])
  }

  @Test func clampsDifferences() throws {
    let type = Codes.type(Shape(3))
    let signature = Self.signature(type, type, type)
    #expect(
      try Codes.of(subtract(), signature, [100, -100, 2], [-100, 100, 1]) == [127, -128, 1])
    #expect(
      try Codes.of(subtract(.relu6), signature, [100, -100, 2], [-100, 100, 1]) == [6, 0, 1])
  }

  /// -27 * 0.271 - 9 * 0.13, of the scales as floats, is -34.4999986 steps of 0.246: next to a tie,
  /// so that the last bit of the multipliers decides.
  ///
  /// The sum, -16419307 units of 0.542 / 2^20, times its factor is rounded to -34.5 in steps of
  /// 2^-18 by the high multiply, and then away from zero. Multipliers in single precision make -34
  /// of it.
  @Test(arguments: Profile.all) func subtractsInDoublePrecision(_ profile: Profile) throws {
    let signature = Self.signature(
      Codes.type(Shape(1), scale: 0.271), Codes.type(Shape(1), scale: 0.13),
      Codes.type(Shape(1), scale: 0.246))
    #expect(try Codes.of(subtract(), signature, [-27], [9], profile: profile) == [-35])
  }

  /// Around 128: 5 and -3, their sum and difference around 100.
  @Test func takesUnsignedCodes() throws {
    let type = Codes.type(Shape(2), zeroPoint: 128, element: .uint8)
    let output = Codes.type(Shape(2), zeroPoint: 100, element: .uint8)
    let signature = Self.signature(type, type, output)
    #expect(try Codes.of(add(), signature, [133, 255], [125, 255]) == [102, 255])
    #expect(try Codes.of(subtract(), signature, [133, 0], [125, 255]) == [108, 0])
  }

  @Test func takesFloats() throws {
    let type = Floats.type(Shape(3))
    let signature = Self.signature(type, type, type)
    #expect(try Floats.of(add(), signature, [1.5, -2, 4], [0.25, -3, 4]) == [1.75, -5, 8])
    #expect(try Floats.of(subtract(), signature, [1.5, -2, 4], [0.25, -3, 4]) == [1.25, 1, 0])
    #expect(try Floats.of(add(.relu6), signature, [1.5, -2, 4], [0.25, -3, 4]) == [1.75, 0, 6])
  }

  static let accepted = signature(
    Codes.type(Shape(2, 3)), Codes.type(Shape(3)), Codes.type(Shape(2, 3)))

  @Test(arguments: Refusal.pair) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: add(), Self.accepted)
    try refusal.expect(of: subtract(), Self.accepted)
  }

  /// Sums saturate at the ends of 16 bits; halves of the shared step are kept while they are added.
  @Test func takesSixteenBitCodes() throws {
    let type = Codes.type(Shape(3), element: .int16)
    let fine = Codes.type(Shape(3), scale: 0.5, element: .int16)
    let signature = Signature(inputs: [Operand(type), Operand(fine)], outputs: [type])
    let sum = try Add(Add.builtins[0], options: OptionValues())
    #expect(
      try Codes.of(sum, signature, [1000, 32767, -32768], [46, 2, -2]) == [1023, 32767, -32768])
    var shifted = signature
    shifted.inputs[1]?.type.quantization = Quantization(scale: 0.5, zeroPoint: 1)
    #expect(Codes.refusal(of: sum, shifted)?.subject == .operand(1))
  }

  /// 4 steps of 1/4 and 6 of 1/8: 6 / 2 rounded away from zero, then saturated; multiplied by the other.
  @Test func shiftsSixteenBitCodesByProfile() throws {
    let type = Codes.type(Shape(3), scale: 0.25, element: .int16)
    let fine = Codes.type(Shape(3), scale: 0.125, element: .int16)
    let signature = Self.signature(type, fine, type)
    let (left, right): ([Int32], [Int32]) = ([4, -4, 32767], [7, -7, 9])
    #expect(try Codes.of(add(), signature, left, right, profile: .litert) == [8, -8, 32767])
    #expect(try Codes.of(subtract(), signature, left, right, profile: .litert) == [0, 0, 32762])
  }

  /// Integers that stand for themselves wrap, and are clamped after.
  @Test func takesPlainIntegers() throws {
    let type = TensorType(.int32, Shape(2))
    let signature = Self.signature(type, type, type)
    #expect(try Codes.of(add(), signature, [1, .max], [-3, 1]) == [-2, .min])
    #expect(try Codes.of(subtract(.relu6), signature, [9, 1], [1, 3]) == [6, 0])
    #expect(try Codes.of(add(.relu6), signature, [9, -1], [1, 0], profile: .tflm) == [10, -1])
    #expect(try Codes.of(add(.relu6), signature, [9, -1], [1, 0], profile: .litert) == [6, 0])
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(Add.self, .pair, .rescaling, [.int16]) }
}

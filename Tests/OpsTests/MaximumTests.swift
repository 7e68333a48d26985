import Ops
import Tensor
import TestSupport
import Testing

@Suite struct MaximumTests {
  private func operation(_ name: String) throws -> Maximum {
    let builtin = try #require(Maximum.builtins.first { $0.name == name })
    return try Maximum(builtin, options: OptionValues())
  }

  private static func signature(
    _ left: TensorType, _ right: TensorType, _ output: TensorType
  ) -> Signature {
    Signature(inputs: [Operand(left), Operand(right)], outputs: [output])
  }

  @Test func takesOneOfTwoCodes() throws {
    let type = Codes.type(Shape(3), scale: 0.5, zeroPoint: 7)
    let signature = Self.signature(type, type, type)
    let (left, right): ([Int32], [Int32]) = ([1, -128, 127], [2, 127, 127])
    #expect(try Codes.of(operation("MAXIMUM"), signature, left, right) == [2, 127, 127])
    #expect(try Codes.of(operation("MINIMUM"), signature, left, right) == [1, -128, 127])
  }

  @Test func takesOneOfTwoFloats() throws {
    let type = Floats.type(Shape(3))
    let signature = Self.signature(type, type, type)
    let (left, right): ([Float], [Float]) = ([1.5, -2, .infinity], [1.25, 3, 0])
    #expect(try Floats.of(operation("MAXIMUM"), signature, left, right) == [1.5, 3, .infinity])
    #expect(try Floats.of(operation("MINIMUM"), signature, left, right) == [1.25, -2, 0])
  }

  /// [2, 1] and [3] make [2, 3].
  @Test func broadcasts() throws {
    let signature = Self.signature(
      Codes.type(Shape(2, 1)), Codes.type(Shape(3)), Codes.type(Shape(2, 3)))
    #expect(
      try Codes.of(operation("MAXIMUM"), signature, [2, -1], [1, 2, 3]) == [2, 2, 3, 1, 2, 3])
    #expect(
      try Codes.of(operation("MINIMUM"), signature, [2, -1], [1, 2, 3]) == [1, 2, 2, -1, -1, -1])
  }

  @Test func takesPlainIntegers() throws {
    let type = TensorType(.int32, Shape(2))
    let signature = Self.signature(type, type, type)
    #expect(try Codes.of(operation("MAXIMUM"), signature, [.min, 5], [7, -5]) == [7, 5])
    #expect(try Codes.of(operation("MINIMUM"), signature, [.min, 5], [7, -5]) == [.min, -5])
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(Maximum.self, [.extentOne, .broadcast, .constantOperand])
  }

  static let accepted = signature(
    Codes.type(Shape(2, 3)), Codes.type(Shape(3)), Codes.type(Shape(2, 3)))

  /// Scales that differ at all are refused before those that differ too much.
  static let refusals =
    Refusal.pair.filter { !$0.testDescription.contains("2^30") }
    + [
      Refusal("an operand of another scale", .unsupported, .operand(1)) {
        $0.inputs[1]?.type.quantization = Quantization(scale: 2, zeroPoint: 0)
      }
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: operation("MAXIMUM"), Self.accepted)
  }
}

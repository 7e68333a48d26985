import Ops
import Tensor
import TestSupport
import Testing

@Suite struct MeanTests {
  private func mean(keepsAxes: Bool = false) throws -> Mean {
    try Mean(Mean.builtins[0], options: OptionValues([0: .bool(keepsAxes)]))
  }

  private static func signature(
    _ input: TensorType, axes: [Int32], _ output: TensorType
  ) -> Signature {
    Signature(inputs: [Operand(input), Codes.integers(axes)], outputs: [output])
  }

  /// (1 + 2 + 3) / 3 and (4 + 5 + 9) / 3, the axis counted from either end or twice.
  @Test(arguments: [[1], [-1], [1, -1]] as [[Int32]]) func averagesRows(_ axes: [Int32]) throws {
    let signature = Self.signature(Codes.type(Shape(2, 3)), axes: axes, Codes.type(Shape(2)))
    let operation = try mean()
    #expect(try Codes.of(operation, signature, [1, 2, 3, 4, 5, 9]) == [2, 6])
    let access = operation.access(signature, output: 0)
    #expect(access.operands[0] == [.window(axis: 0), .reduced])
    #expect(access.isSummed(1))
    #expect(!access.isSummed(0))
  }

  /// The first and last of three axes: (1 + 2 + 5 + 6) / 4 = 3.5 goes upward.
  @Test func keepsAxes() throws {
    let signature = Self.signature(
      Codes.type(Shape(2, 2, 2)), axes: [0, 2], Codes.type(Shape(1, 2, 1)))
    let operation = try mean(keepsAxes: true)
    #expect(try Codes.of(operation, signature, [1, 2, 3, 4, 5, 6, 7, 9]) == [4, 6])
    #expect(
      operation.access(signature, output: 0).operands[0]
        == [.reduced, .window(axis: 1), .reduced])
  }

  @Test func averagesAll() throws {
    let signature = Self.signature(
      Codes.type(Shape(2, 2)), axes: [0, 1], Codes.type(Shape()))
    #expect(try Codes.of(mean(), signature, [1, 2, 3, 6]) == [3])
  }

  /// Without axes each element is its own mean; the references copy codes, so that they take one
  /// quantization alone.
  @Test func averagesNothing() throws {
    let type = Codes.type(Shape(3), scale: 2)
    #expect(
      try Codes.of(mean(), Self.signature(type, axes: [], type), [1, -2, 100]) == [1, -2, 100])
    let error = try #require(
      try Codes.refusal(of: mean(), Self.signature(type, axes: [], Codes.type(Shape(3)))))
    #expect(error.subject == .output(0))
  }

  /// Of two, the high multiply alone rounds, ties upward: 3/2, -3/2, 1/2 and -1/2.
  @Test func roundsHalvesUpward() throws {
    let signature = Self.signature(Codes.type(Shape(4, 2)), axes: [1], Codes.type(Shape(4)))
    #expect(try Codes.of(mean(), signature, [1, 2, -1, -2, 0, 1, 0, -1]) == [2, -1, 1, 0])
  }

  /// Of four it rounds halves first, upward; the shift halves the result, ties away from zero: 1,
  /// 2, -1, -2 and -3 quarters become 1, 1, 0, -1 and -1.
  @Test func roundsQuartersTwice() throws {
    let signature = Self.signature(Codes.type(Shape(5, 4)), axes: [1], Codes.type(Shape(5)))
    let codes = ([1, 2, -1, -2, -3] as [Int32]).flatMap { [$0, 0, 0, 0] as [Int32] }
    #expect(try Codes.of(mean(), signature, codes) == [1, 1, 0, -1, -1])
  }

  /// Operand steps of 1/2 around 3: 1/2 and 3/2, so 1; result steps of 1/4 around -5.
  @Test func rescales() throws {
    let signature = Self.signature(
      Codes.type(Shape(2), scale: 0.5, zeroPoint: 3), axes: [0],
      Codes.type(Shape(), scale: 0.25, zeroPoint: -5))
    #expect(try Codes.of(mean(), signature, [4, 6]) == [-1])
  }

  /// Around 100: -100, 0 and 70, of which -10 is the mean.
  @Test func takesUnsignedCodes() throws {
    let signature = Self.signature(
      Codes.type(Shape(3), zeroPoint: 100, element: .uint8), axes: [0],
      Codes.type(Shape(), zeroPoint: 100, element: .uint8))
    #expect(try Codes.of(mean(), signature, [0, 100, 170]) == [90])
  }

  @Test func takesFloats() throws {
    let signature = Self.signature(
      Floats.type(Shape(2, 2)), axes: [0], Floats.type(Shape(2)))
    #expect(try Floats.of(mean(), signature, [1, -2, 0.5, 4]) == [0.75, 1])
  }

  static let accepted = signature(Codes.type(Shape(2, 3)), axes: [1], Codes.type(Shape(2)))

  static let refusals =
    Refusal.operand(0) + Refusal.result + Refusal.attributes(1) + [
      Refusal("axis 2 of two", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([2]) },
      Refusal("axis -3 of two", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([-3]) },
      Refusal("empty rows", .invalid, .operand(1)) { $0.inputs[0]?.type.shape = Shape(2, 0) },
      Refusal("rows of 2^22 + 1", .unsupported, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(2, 1 << 22 + 1)
      },
      Refusal("a scale of 2^29 times the output's", .invalid, .output(0)) {
        $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p29, zeroPoint: 0)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: mean(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Mean.self, .elements, .extents, .zeroPoints, .rescaling, .saturation,
      [.summedAxis, .fewerAxes, .negativeAttribute])
  }
}

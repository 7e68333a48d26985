import Ops
import Tensor
import TestSupport
import Testing

@Suite struct FullyConnectedTests {
  private func layer(keepsAxes: Bool = false) throws -> FullyConnected {
    try FullyConnected(FullyConnected.builtins[0], options: OptionValues([2: .bool(keepsAxes)]))
  }

  private static func signature(
    _ input: Shape, _ weights: Operand, bias: Operand? = nil, output: Shape
  ) -> Signature {
    Signature(
      inputs: [Operand(Codes.type(input)), weights, bias], outputs: [Codes.type(output)])
  }

  /// Rows (1, 2, 3) and (4, 5, 6) by (1, 0, -1) and (2, 1, 0): -2, 4 and -2, 13, plus 10 and 20.
  @Test func multipliesRows() throws {
    let signature = Self.signature(
      Shape(2, 3), Codes.weights(Shape(2, 3), [1, 0, -1, 2, 1, 0]), bias: Codes.bias([10, 20]),
      output: Shape(2, 2))
    #expect(try Codes.of(layer(), signature, Array(1...6)) == [8, 24, 8, 33])
  }

  /// A feature map of 2 x 2 x 1 is one row: 1 + 20 - 3 - 40.
  @Test func readsAMapAsARow() throws {
    let signature = Self.signature(
      Shape(1, 2, 2, 1), Codes.weights(Shape(1, 4), [1, 10, -1, -10]), output: Shape(1, 1))
    let operation = try layer()
    #expect(try Codes.of(operation, signature, [1, 2, 3, 4]) == [-22])
    #expect(
      operation.access(signature, output: 0).operands[0]
        == [.reduced, .reduced, .reduced, .reduced])
  }

  /// [1, 2, 1, 2] is two rows of two, in place of the axis of extent 2.
  @Test func keepsAxes() throws {
    let signature = Self.signature(
      Shape(1, 2, 1, 2), Codes.weights(Shape(1, 2), [1, 10]), output: Shape(1, 2, 1, 1))
    let operation = try layer(keepsAxes: true)
    #expect(try Codes.of(operation, signature, [1, 2, 3, 4]) == [21, 43])
    let access = operation.access(signature, output: 0)
    #expect(access.operands[0][1] == .window(axis: 1))
    #expect(access.mayCut(1))
  }

  /// Rows (1, 2) and (3, 4) by (1, 0) and (2, 1), around zero point 1, which are computed.
  @Test func multipliesComputedWeights() throws {
    var weights = Operand(Codes.type(Shape(2, 2)))
    weights.type.quantization = Quantization(scale: 1, zeroPoint: 1)
    let signature = Self.signature(Shape(2, 2), weights, output: Shape(2, 2))
    #expect(try Codes.of(layer(), signature, [1, 2, 3, 4], [2, 1, 3, 2]) == [1, 4, 3, 10])
  }

  /// The multiplier is 1/4; TFLM rounds twice, LiteRT once.
  ///
  /// TFLM's high multiply gives 1/2, 3/2, -1/2, -1 and -3/2, upward where it is a tie; its shift
  /// halves 1, 2, 0, -1 and -1, away from zero. LiteRT takes 1/4, 3/4, -1/4, -2/4 and -3/4 to the
  /// nearest, away from zero where it is a tie.
  @Test func roundsByProfile() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(5, 1), scale: 0.5)),
        Codes.weights(Shape(1, 1), [1], scales: [0.5]),
      ], outputs: [Codes.type(Shape(5, 1))])
    let codes: [Int32] = [1, 3, -1, -2, -3]
    #expect(try Codes.of(layer(), signature, codes, profile: .tflm) == [1, 1, 0, -1, -1])
    #expect(try Codes.of(layer(), signature, codes, profile: .litert) == [0, 1, 0, -1, -1])
  }

  /// Scales of 1 and 1/4 for the two channels.
  @Test func scalesEachChannel() throws {
    let signature = Self.signature(
      Shape(1, 1), Codes.weights(Shape(2, 1), [3, 3], scales: [1, 0.25]), output: Shape(1, 2))
    #expect(try Codes.of(layer(), signature, [4]) == [12, 3])
  }

  /// Around 128 the row is 2 and -3; around 120 the weights are 5 and -1: 10 + 3, and 4 of bias,
  /// plus 100; in steps of 2, 8.5 is a tie, which goes upward.
  @Test(arguments: Profile.all) func takesUnsignedCodes(_ profile: Profile) throws {
    var signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 2), zeroPoint: 128, element: .uint8)),
        Codes.weights(Shape(1, 2), [125, 119], zeroPoint: 120, element: .uint8),
        Codes.bias([4]),
      ], outputs: [Codes.type(Shape(1, 1), zeroPoint: 100, element: .uint8)])
    #expect(try Codes.of(layer(), signature, [130, 125], profile: profile) == [117])
    signature.outputs[0] = Codes.type(Shape(1, 1), scale: 2, zeroPoint: 100, element: .uint8)
    #expect(try Codes.of(layer(), signature, [130, 125], profile: profile) == [109])
  }

  /// Rows (1, 2) and (-1, 0.5) by (0.5, 4) and (2, -1), plus 0.25 and 1.
  @Test func takesFloats() throws {
    let signature = Signature(
      inputs: [
        Operand(Floats.type(Shape(2, 2))), Floats.constant(Shape(2, 2), [0.5, 4, 2, -1]),
        Floats.constant(Shape(2), [0.25, 1]),
      ], outputs: [Floats.type(Shape(2, 2))])
    #expect(try Floats.of(layer(), signature, [1, 2, -1, 0.5]) == [8.75, 1, 1.75, -1.5])
  }

  /// Two rows of four outputs, each of three products.
  @Test func countsMACs() throws {
    let operation = try layer()
    #expect(
      operation.macs(
        Self.accepted, operation.access(Self.accepted, output: 0), output: 0,
        over: Region(whole: Shape(2, 4)),
        reduce: Region(whole: Shape(2, 3))) == 2 * 4 * 3)
  }

  static let accepted = signature(
    Shape(2, 3), Codes.weights(Shape(4, 3), [Int32](repeating: 1, count: 12)),
    bias: Codes.bias([1, 2, 3, 4]), output: Shape(2, 4))

  /// Weights may be computed, and those of one scale have any zero point.
  private static func isRefused(_ refusal: Refusal) -> Bool {
    !["weights at run time", "weights around zero point 1"].contains(refusal.testDescription)
  }

  static let refusals =
    Refusal.operand(0) + Refusal.result + Refusal.weights.filter(isRefused) + [
      Refusal("weights of three axes", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(4, 3, 1)
      },
      Refusal("empty weights", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape(4, 0) },
      Refusal("empty input", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(0, 3) },
      Refusal("half a row", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(2, 4) },
      Refusal("rows that end inside an axis", .unsupported, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(6)
      },
      Refusal("rows along two axes", .unsupported, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(2, 2, 3)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: layer(), Self.accepted)
  }

  @Test func refusesShuffledWeights() {
    #expect(throws: OptionError.self) {
      try FullyConnected(FullyConnected.builtins[0], options: OptionValues([1: .int8(1)]))
    }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      FullyConnected.self, .elements, .extents, .zeroPoints, .activation, .saturation, .weights,
      [.summedAxis])
  }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SVDFTests {
  private func svdf(rank: Int32 = 1, activation: Activation = .none) throws -> SVDF {
    try SVDF(
      SVDF.builtins[0],
      options: OptionValues([0: .int32(rank), 1: .int8(activation.rawValue)]))
  }

  /// One input, one unit, a memory of three.
  private static func signature(
    _ word: ElementType, times: [Int32] = [1, 2, 3], zeroPoint: Int32 = 0, bias: Int32 = 5
  ) -> Signature {
    let state = Codes.type(Shape(1, 3), zeroPoint: zeroPoint, element: word)
    return Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1), zeroPoint: 1)), Codes.weights(Shape(1, 1), [2]),
        Codes.weights(Shape(1, 3), times, element: word), Codes.bias([bias]), Operand(state),
      ], outputs: [Codes.type(Shape(1, 1), zeroPoint: -1), state])
  }

  /// The feature of code 3 around 1 is 2 * 2; of the state (5, 3, 4) then (3, 4, 4) is left:
  /// 3 + 8 + 12, the bias 5, around -1.
  @Test(arguments: [ElementType.int8, .int16]) func addsOverTime(_ word: ElementType) throws {
    let (signature, state) = (Self.signature(word), [5, 3, 4] as [Int32])
    #expect(try Codes.of(svdf(), signature, [3], nil, nil, nil, state) == [27])
    #expect(
      try Codes.of(svdf(), signature, [3], nil, nil, nil, state, output: 1) == [3, 4, 4])
  }

  /// A feature of 127 - 1 times 2 is clamped to 127 and then moved to the zero point 50: it wraps.
  @Test func featuresWrapAroundTheirZeroPoint() throws {
    let signature = Self.signature(.int8, times: [0, 0, 1], zeroPoint: 50, bias: 0)
    let state: [Int32] = [50, 50, 50]
    #expect(
      try Codes.of(svdf(), signature, [127], nil, nil, nil, state, output: 1) == [50, 50, -79])
    // -79 is 129 below the zero point.
    #expect(try Codes.of(svdf(), signature, [127], nil, nil, nil, state) == [-128])
  }

  /// Two filters to a unit: their states one after the other, 1 * 2 + 3 * 2 and 10 * 4 + 100 * 6.
  @Test func filtersOfAUnitAreAdded() throws {
    let state = Codes.type(Shape(1, 4), element: .int16)
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1))), Codes.weights(Shape(2, 1), [2, 6]),
        Codes.weights(Shape(2, 2), [1, 3, 10, 100], element: .int16), nil, Operand(state),
      ], outputs: [Codes.type(Shape(1, 1), scale: 8), state])
    let before: [Int32] = [7, 2, 8, 4]
    #expect(try Codes.of(svdf(rank: 2), signature, [1], nil, nil, nil, before) == [81])
    #expect(
      try Codes.of(svdf(rank: 2), signature, [1], nil, nil, nil, before, output: 1)
        == [2, 2, 4, 6])
  }

  @Test func takesFloats() throws {
    let state = Floats.type(Shape(1, 2))
    let signature = Signature(
      inputs: [
        Operand(Floats.type(Shape(1, 2))), Floats.constant(Shape(1, 2), [1, -1]),
        Floats.constant(Shape(1, 2), [2, 0.5]), nil, Operand(state),
      ], outputs: [Floats.type(Shape(1, 1)), state])
    let operands: [[Float]?] = [[3, 1], nil, nil, nil, [9, -4]]
    func result(_ activation: Activation) throws -> [Float] {
      try Floats.of(
        svdf(activation: activation), signature, operands[0], nil, nil, nil, operands[4])
    }
    #expect(try result(.none) == [-7])
    #expect(try result(.relu) == [0])
  }

  static let refusals =
    Refusal.operand(0) + [
      Refusal("four operands", .invalid, .operands) { $0.inputs.removeLast() },
      Refusal("no state", .invalid, .operand(4)) { $0.inputs[4] = nil },
      Refusal("one result", .invalid, .operands) { $0.outputs.removeLast() },
      Refusal("a state of another shape", .invalid, .operand(4)) {
        $0.inputs[4]?.type.shape = Shape(1, 4)
      },
      Refusal("another state afterwards", .invalid, .operand(4)) {
        $0.outputs[1].quantization = Quantization(scale: 2, zeroPoint: 0)
      },
      Refusal("a state of 16 bits around 1", .invalid, .operand(4)) {
        $0.inputs[4]?.type.quantization = Quantization(scale: 1, zeroPoint: 1)
        $0.outputs[1].quantization = Quantization(scale: 1, zeroPoint: 1)
      },
      Refusal("weights around 1", .unsupported, .operand(1)) {
        $0.inputs[1]?.type.quantization = Quantization(scale: 1, zeroPoint: 1)
      },
      Refusal("weights at run time", .unsupported, .operand(2)) { $0.inputs[2]?.constant = nil },
      Refusal("weights of other inputs", .invalid, .operand(1)) {
        $0.inputs[1] = Codes.weights(Shape(1, 2), [1, 2])
      },
      Refusal("a bias at run time", .invalid, .operand(3)) { $0.inputs[3]?.constant = nil },
      Refusal("a factor of 2^29", .invalid, .operand(4)) {
        $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p29, zeroPoint: 0)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: svdf(), Self.signature(.int16))
  }

  @Test func refusesARankOfNone() {
    #expect(throws: OptionError.self) { try svdf(rank: 0) }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      SVDF.self, .extents, .operandZeroPoints, [.int16, .float32, .severalResults])
  }
}

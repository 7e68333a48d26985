import FloatOracle
import Ops
import Tensor
import TestSupport
import Testing

@Suite struct LogSoftmaxTests {
  private func logSoftmax() throws -> LogSoftmax {
    try LogSoftmax(LogSoftmax.builtins[0], options: OptionValues())
  }

  private static func signature(
    _ shape: Shape, scale: Float = 1, element: ElementType = .int8
  ) -> Signature {
    Signature(
      inputs: [Operand(Codes.type(shape, scale: scale, zeroPoint: 5, element: element))],
      outputs: [
        Codes.type(
          shape, scale: 1 / 16, zeroPoint: element == .uint8 ? 255 : 127, element: element)
      ])
  }

  /// Equal elements share: a log of 0, 11.09, 17.58 and 22.18 sixteenths below 0.
  @Test func shares() throws {
    for (count, code) in [(1, 127), (2, 116), (3, 109), (4, 105)] as [(Int, Int32)] {
      let codes = try Codes.of(
        logSoftmax(), Self.signature(Shape(count)), [Int32](repeating: 17, count: count))
      #expect(codes == [Int32](repeating: code, count: count))
    }
  }

  /// A step of ln 2 makes shares of 2/3 and 1/3, 6.49 and 17.58 sixteenths below 0.
  ///
  /// A row knows nothing of the next.
  @Test func weighsByExponentials() throws {
    let signature = Self.signature(Shape(3, 2), scale: 0.693_147_2)
    #expect(
      try Codes.of(logSoftmax(), signature, [1, 0, -7, -6, 127, -128])
        == [121, 109, 109, 121, 127, -128])
  }

  /// The same shares from 255 downward.
  @Test func takesUnsignedCodes() throws {
    let signature = Self.signature(Shape(3, 2), scale: 0.693_147_2, element: .uint8)
    #expect(
      try Codes.of(logSoftmax(), signature, [1, 0, 200, 200, 0, 255])
        == [249, 237, 244, 244, 0, 255])
  }

  /// 15 below the largest is 240 sixteenths, 16 is one more than codes have.
  @Test func endsAtTheLowestCode() throws {
    #expect(
      try Codes.of(logSoftmax(), Self.signature(Shape(4)), [16, 1, 0, -128])
        == [127, -113, -128, -128])
  }

  /// Steps so small that nothing differs, and so large that a lower code has no share.
  @Test func takesExtremeScales() throws {
    func codes(_ scale: Float) throws -> [Int32] {
      try Codes.of(logSoftmax(), Self.signature(Shape(3), scale: scale), [127, -128, 126])
    }
    #expect(try codes(0x1.000002p-26) == [109, 109, 109])
    #expect(try codes(40) == [127, -128, -128])
    #expect(try codes(0x1p100) == [127, -128, -128])
  }

  /// 125 steps of 0.1272 below the largest are 15.9: 254.3 sixteenths, but 124 of them are the last that
  /// count, and what lies lower is the lowest code.
  @Test func endsEarlierBetweenPowersOfTwo() throws {
    let signature = Self.signature(Shape(2), scale: 0.12716)
    #expect(try Codes.of(logSoftmax(), signature, [126, 1]) == [127, -128])
    #expect(try Codes.of(logSoftmax(), signature, [126, 2]) == [127, -125])
    let expected = OperatorOracle().expectations(
      of: try logSoftmax(), signature: signature,
      operands: [ElementType.int8.bytes(of: [126, 1])])
    let deviation = expected[0].deviation(
      of: ElementType.int8.bytes(of: [127, -128]), type: signature.outputs[0])
    #expect(deviation.largest > 0.6)
    #expect(deviation.isWithinBound)
  }

  /// Rows of equal elements, as long as they may be.
  @Test(arguments: [255, 256, 1000, 2048, 4095]) func sharesAmongMany(_ count: Int) throws {
    let signature = Self.signature(Shape(count))
    let operation = try logSoftmax()
    let row = [Int32](repeating: 9, count: count)
    let codes = try Codes.of(operation, signature, row)
    let real = OperatorOracle().expectations(
      of: operation, signature: signature, operands: [ElementType.int8.bytes(of: row)])[0]
    #expect(
      zip(codes, real.steps).allSatisfy { abs(Double($0) - $1) <= real.bound }, "\(codes[0])")
  }

  /// A difference of ln 3 makes 1/4 and 3/4; powers beyond a float are never taken.
  ///
  /// A scale means nothing to floats.
  @Test(arguments: [nil, Quantization(scale: 1, zeroPoint: 0)])
  func takesFloats(_ quantization: Quantization?) throws {
    let type = TensorType(.float32, Shape(3, 2), quantization)
    let signature = Signature(inputs: [Operand(type)], outputs: [type])
    let found = try Floats.of(
      logSoftmax(), signature, [0, 1.098_612_3, 1000, 1000, -1000, 1000])
    let expected: [Float] = [
      -1.386_294_4, -0.287_682_1, -0.693_147_2, -0.693_147_2, -2000, 0,
    ]
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(found)")
  }

  @Test func cutsRowsAlone() throws {
    let access = try logSoftmax().access(Self.signature(Shape(2, 3)), output: 0)
    #expect(access.mayCut(0))
    #expect(!access.mayCut(1))
  }

  static let accepted = signature(Shape(2, 3))

  static let refusals =
    Refusal.elementwise + [
      Refusal("int32", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int32 },
      Refusal("scalar", .invalid, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape()
        $0.outputs[0].shape = Shape()
      },
      Refusal("empty rows", .invalid, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(2, 0)
        $0.outputs[0].shape = Shape(2, 0)
      },
      Refusal("another output scale", .invalid, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 1 / 256, zeroPoint: 127)
      },
      Refusal("another output zero point", .invalid, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 1 / 16, zeroPoint: 126)
      },
      Refusal("a scale of 2^-26", .unsupported, .operand(0)) {
        $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p-26, zeroPoint: 0)
      },
      Refusal("a row of 4096", .unsupported, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(4096)
        $0.outputs[0].shape = Shape(4096)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: logSoftmax(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      LogSoftmax.self, .elements, .extents, .operandZeroPoints, .saturation)
  }
}

import FloatOracle
import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SoftmaxTests {
  private func softmax(beta: Float = 1) throws -> Softmax {
    try Softmax(Softmax.builtins[0], options: OptionValues([0: .float32(beta)]))
  }

  private static func signature(_ shape: Shape, scale: Float = 1) -> Signature {
    Signature(
      inputs: [Operand(Codes.type(shape, scale: scale, zeroPoint: 5))],
      outputs: [Codes.type(shape, scale: 1 / 256, zeroPoint: -128)])
  }

  /// Equal elements share: 256 / 2 - 128, 256 / 4 - 128, 85.33 - 128; a lone one has all of it, of
  /// which 127 is the nearest code.
  @Test func shares() throws {
    for (count, code) in [(1, 127), (2, 0), (3, -43), (4, -64)] as [(Int, Int32)] {
      let codes = try Codes.of(
        softmax(), Self.signature(Shape(count)), [Int32](repeating: 17, count: count))
      #expect(codes == [Int32](repeating: code, count: count))
    }
  }

  /// A step of ln 2 doubles: 2/3 * 256 - 128 is 42.67, and 1/3 of them as far below.
  ///
  /// With beta 2 it quadruples: 4/5 and 1/5. A row knows nothing of the next.
  @Test func weighsByExponentials() throws {
    let signature = Self.signature(Shape(2, 2), scale: 0.693_147_2)
    #expect(try Codes.of(softmax(), signature, [1, 0, -7, -6]) == [43, -43, -43, 43])
    #expect(try Codes.of(softmax(beta: 2), signature, [1, 0, 127, -128]) == [77, -77, 127, -128])
  }

  /// 2/3, 1/3 and 1/2 of 256, and all of it, of which 255 is the nearest code.
  @Test func takesUnsignedCodes() throws {
    func shares(_ shape: Shape, _ codes: [Int32]) throws -> [Int32] {
      let signature = Signature(
        inputs: [
          Operand(Codes.type(shape, scale: 0.693_147_2, zeroPoint: 5, element: .uint8))
        ], outputs: [Codes.type(shape, scale: 1 / 256, element: .uint8)])
      return try Codes.of(softmax(), signature, codes)
    }
    #expect(try shares(Shape(2, 2), [1, 0, 200, 200]) == [171, 85, 128, 128])
    #expect(try shares(Shape(1), [17]) == [255])
  }

  /// Rows of equal elements, as long as they may be: from 512 on each has less than half a step.
  @Test(arguments: [255, 256, 511, 512, 513, 1000, 2048, 4095])
  func sharesAmongMany(_ count: Int) throws {
    let signature = Self.signature(Shape(count))
    let operation = try softmax()
    let row = [Int32](repeating: 9, count: count)
    let codes = try Codes.of(operation, signature, row)
    let real = OperatorOracle().expectations(
      of: operation, signature: signature, operands: [ElementType.int8.bytes(of: row)])[0]
    #expect(
      zip(codes, real.steps).allSatisfy { abs(Double($0) - $1) <= real.bound }, "\(codes[0])")
  }

  /// A difference of ln 3 makes 1/4 and 3/4, at beta 2 one of half of it; powers beyond a float are
  /// never taken.
  @Test func takesFloats() throws {
    let type = Floats.type(Shape(3, 2))
    let signature = Signature(inputs: [Operand(type)], outputs: [type])
    let logThree: Float = 1.098_612_3
    let shares = try Floats.of(
      softmax(), signature, [0, logThree, 1000, 1000, -1000, 1000])
    for (found, expected) in zip(shares, [0.25, 0.75, 0.5, 0.5, 0, 1] as [Float]) {
      #expect(abs(found - expected) < 1e-6)
    }
    let sharper = try Floats.of(
      softmax(beta: 2), signature, [0, logThree / 2, 5, 5, logThree / 2, 0])
    for (found, expected) in zip(sharper, [0.25, 0.75, 0.5, 0.5, 0.75, 0.25] as [Float]) {
      #expect(abs(found - expected) < 1e-6)
    }
  }

  /// A scale means nothing to floats.
  @Test func takesFloatsWithAScale() throws {
    let type = TensorType(.float32, Shape(2), Quantization(scale: 1, zeroPoint: 0))
    let signature = Signature(inputs: [Operand(type)], outputs: [type])
    #expect(try Floats.of(softmax(), signature, [3, 3]) == [0.5, 0.5])
  }

  @Test func cutsRowsAlone() throws {
    let access = try softmax().access(Self.signature(Shape(2, 3)), output: 0)
    #expect(access.mayCut(0))
    #expect(!access.mayCut(1))
  }

  static let accepted = signature(Shape(2, 3))

  static let refusals =
    Refusal.operand(0) + Refusal.result + [
      Refusal("no operand", .invalid, .operands) { $0.inputs = [] },
      Refusal("two operands", .invalid, .operands) { $0.inputs.append(nil) },
      Refusal("int32", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int32 },
      Refusal("scalar", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape() },
      Refusal("empty rows", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(2, 0) },
      Refusal("another output scale", .invalid, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 1 / 255, zeroPoint: -128)
      },
      Refusal("another output zero point", .invalid, .output(0)) {
        $0.outputs[0].quantization = Quantization(scale: 1 / 256, zeroPoint: 0)
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
    try refusal.expect(of: softmax(), Self.accepted)
  }

  @Test(arguments: [0, -1, Float.infinity, Float.nan]) func refusesBeta(_ beta: Float) {
    #expect(throws: OptionError.self) { try softmax(beta: beta) }
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(Softmax.self, .elements, .extents, .operandZeroPoints)
  }
}

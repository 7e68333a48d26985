import Ops
import Tensor
import TestSupport
import Testing

@Suite struct Conv2DTests {
  private func convolution(
    stride: Int32 = 1, dilation: Int32 = 1, padding: Padding = .valid,
    activation: Activation = .none
  ) throws -> Conv2D {
    try Conv2D(
      Conv2D.builtins[0],
      options: OptionValues([
        0: .int8(padding.rawValue), 1: .int32(stride), 2: .int32(stride),
        3: .int8(activation.rawValue), 4: .int32(dilation), 5: .int32(dilation),
      ]))
  }

  /// 1 x 1, one weight: each code times the multiplier.
  private func scaled(
    _ codes: [Int32], weight: Int32 = 1, by scale: Float, activation: Activation = .none
  ) throws -> [Int32] {
    try Codes.of(
      convolution(activation: activation),
      Signature(
        inputs: [
          Operand(Codes.type(Shape(1, 1, codes.count, 1), scale: scale)),
          Codes.weights(Shape(1, 1, 1, 1), [weight]),
        ], outputs: [Codes.type(Shape(1, 1, codes.count, 1))]), codes)
  }

  /// Codes 1...9 with zero point 1 are 0...8; each window adds four of them and the bias 4; the
  /// output's step is 2 and its zero point -10: (8 + 4) / 2 - 10 = -4, and so on.
  @Test func addsAWindow() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 3, 3, 1), zeroPoint: 1)),
        Codes.weights(Shape(1, 2, 2, 1), [1, 1, 1, 1]), Codes.bias([4]),
      ], outputs: [Codes.type(Shape(1, 2, 2, 1), scale: 2, zeroPoint: -10)])
    #expect(try Codes.of(convolution(), signature, Array(1...9)) == [-4, -2, 2, 4])
  }

  /// Codes 5...8 with zero point 5 are 0...3; SAME pads one row and column at the end, with 0:
  /// 0 + 1 * 2 + 2 * 3 + 3 * 4 = 20, 1 * 1 + 3 * 3 = 10, 2 * 1 + 3 * 2 = 8, 3 * 1 = 3.
  @Test func padsWithTheZeroPoint() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 2, 2, 1), zeroPoint: 5)),
        Codes.weights(Shape(1, 2, 2, 1), [1, 2, 3, 4]), nil,
      ], outputs: [Codes.type(Shape(1, 2, 2, 1))])
    #expect(try Codes.of(convolution(padding: .same), signature, [5, 6, 7, 8]) == [20, 10, 8, 3])
  }

  /// Weights are OHWI: channel 0 is 2 * 1 + 3 * 10, channel 1 is 2 * 5 + 3 * 7, at half the scale.
  @Test func scalesEachChannel() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1, 1, 2))),
        Codes.weights(Shape(2, 1, 1, 2), [1, 10, 5, 7], scales: [1, 0.5]),
        Codes.bias([0, 1], scales: [1, 0.5]),
      ], outputs: [Codes.type(Shape(1, 1, 1, 2))])
    #expect(try Codes.of(convolution(), signature, [2, 3]) == [32, 16])
  }

  /// A bias of 2^33 and products, times 2^-20: the sum has more than 32 bits.
  ///
  /// With a bias of 32 bits the sum has as many, and wraps.
  @Test func sumsSixteenBitCodes() throws {
    func codes(_ code: Int32, scale: Float, bias: Operand) throws -> [Int32] {
      try Codes.of(
        convolution(),
        Signature(
          inputs: [
            Operand(Codes.type(Shape(1, 1, 1, 1), scale: scale, element: .int16)),
            Codes.weights(Shape(1, 1, 1, 1), [64]), bias,
          ], outputs: [Codes.type(Shape(1, 1, 1, 1), element: .int16)]), [code])
    }
    let wide = Operand(TensorType(.int64, Shape(1)), constant: Bytes(copying: [Int64(1) << 33]))
    #expect(try codes(5, scale: 0x1p-20, bias: wide) == [8192])
    #expect(try codes(-3, scale: 0x1p-4, bias: Codes.bias([0])) == [-12])
    #expect(try codes(32767, scale: 0x1p-20, bias: Codes.bias([.max])) == [-2046])
  }

  @Test func refusesSixteenBitsAroundAnotherCode() throws {
    var signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1, 1, 1), zeroPoint: 1, element: .int16)),
        Codes.weights(Shape(1, 1, 1, 1), [1]),
      ], outputs: [Codes.type(Shape(1, 1, 1, 1), element: .int16)])
    #expect(try Codes.refusal(of: convolution(), signature)?.subject == .operand(0))
    signature.inputs[0]?.type.quantization = Quantization(scale: 1, zeroPoint: 0)
    #expect(try Codes.refusal(of: convolution(), signature) == nil)
    // 64-bit sums take factors below 2^7.
    signature.inputs[0]?.type.quantization = Quantization(scale: 128, zeroPoint: 0)
    #expect(try Codes.refusal(of: convolution(), signature)?.subject == .operand(1))
  }

  /// Taps two columns apart: 1 + 3, 2 + 4, 3 + 5.
  @Test func dilates() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1, 5, 1))), Codes.weights(Shape(1, 1, 2, 1), [1, 1]),
      ], outputs: [Codes.type(Shape(1, 1, 3, 1))])
    #expect(try Codes.of(convolution(dilation: 2), signature, [1, 2, 3, 4, 5]) == [4, 6, 8])
  }

  /// Two taps two apart around one pixel: both on padding, so that the bias is left.
  @Test func seesPaddingAlone() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1, 1, 1))), Codes.weights(Shape(1, 1, 2, 1), [9, 9]),
        Codes.bias([7]),
      ], outputs: [Codes.type(Shape(1, 1, 1, 1))])
    let operation = try convolution(dilation: 2, padding: .same)
    #expect(try Codes.of(operation, signature, [100]) == [7])
    let access = operation.access(signature, output: 0)
    #expect(access.bounds(of: 0, for: Region(whole: Shape(1, 1, 1, 1))).isEmpty)
  }

  /// By 1/2 the high multiply alone rounds, ties upward.
  ///
  /// By 1/4 it rounds halves first, to 1, 1, 0, -1 and -1, and the shift halves that, ties away
  /// from zero: 1/4 becomes 1.
  @Test func roundsTwice() throws {
    #expect(try scaled([1, 3, -1, -3], by: 0.5) == [1, 2, 0, -1])
    #expect(try scaled([1, 2, -1, -2, -3], by: 0.25) == [1, 1, 0, -1, -1])
  }

  @Test func clamps() throws {
    #expect(try scaled([100, -100, 5], weight: 3, by: 1) == [127, -128, 15])
    #expect(try scaled([100, -100, 5], by: 1, activation: .relu) == [100, 0, 5])
    #expect(try scaled([100, -100, 5], by: 1, activation: .relu6) == [6, 0, 5])
    #expect(try scaled([100, -100, 0], by: 1, activation: .reluMinus1To1) == [1, -1, 0])
  }

  /// Around 128 the pixels are 2 and -3; around 120 the weights are 5 and -1: 2 * 5 + 3 and
  /// 2 * -1 - 3 * 5, plus 100.
  @Test func takesUnsignedCodes() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1, 1, 2), zeroPoint: 128, element: .uint8)),
        Codes.weights(
          Shape(2, 1, 1, 2), [125, 119, 119, 125], zeroPoint: 120, element: .uint8),
      ], outputs: [Codes.type(Shape(1, 1, 1, 2), zeroPoint: 100, element: .uint8)])
    #expect(try Codes.of(convolution(), signature, [130, 125]) == [113, 83])
  }

  /// 1 * 0.5 + 2 * 4, 2 * 0.5 - 3 * 4 and -3 * 0.5 with padding behind, plus 0.25.
  @Test func takesFloats() throws {
    let type = Floats.type(Shape(1, 1, 3, 1))
    let signature = Signature(
      inputs: [
        Operand(type), Floats.constant(Shape(1, 1, 2, 1), [0.5, 4]),
        Floats.constant(Shape(1), [0.25]),
      ], outputs: [type])
    #expect(
      try Floats.of(convolution(padding: .same), signature, [1, 2, -3]) == [8.75, -10.75, -1.25])
    #expect(
      try Floats.of(convolution(padding: .same, activation: .relu6), signature, [1, 2, -3])
        == [6, 0, 0])
  }

  /// More sums than the kernel keeps at once.
  @Test func computesALargeMap() throws {
    let shape = Shape(1, 130, 131, 1)
    let codes = (0..<Int32(shape.count)).map { $0 % 251 - 125 }
    let signature = Signature(
      inputs: [Operand(Codes.type(shape)), Codes.weights(Shape(1, 1, 1, 1), [1])],
      outputs: [Codes.type(shape)])
    #expect(try Codes.of(convolution(), signature, codes) == codes)
  }

  /// 2 x 2 pixels, 4 channels of 2 x 2 x 2 products.
  @Test func countsMACs() throws {
    let operation = try convolution()
    let access = operation.access(Self.accepted, output: 0)
    let whole = Region(whole: Shape(1, 2, 2, 4))
    #expect(
      operation.macs(
        Self.accepted, access, output: 0, over: whole, reduce: Region(whole: Shape(1, 3, 3, 2)))
        == 4 * 4 * 8)
    // The first input channel of the first row of pixels.
    #expect(
      operation.macs(
        Self.accepted, access, output: 0, over: Region([0..<1, 0..<1, 0..<2, 0..<4]),
        reduce: Region([0..<1, 0..<3, 0..<3, 0..<1])) == 2 * 4 * 4)
  }

  static let accepted = Signature(
    inputs: [
      Operand(Codes.type(Shape(1, 3, 3, 2))),
      Codes.weights(Shape(4, 2, 2, 2), [Int32](repeating: 1, count: 32)),
      Codes.bias([1, 2, 3, 4]),
    ], outputs: [Codes.type(Shape(1, 2, 2, 4))])

  static let refusals =
    Refusal.operand(0) + Refusal.result + Refusal.weights + [
      Refusal("input of three axes", .invalid, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(3, 3, 2)
      },
      Refusal("empty input", .invalid, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(1, 0, 3, 2)
      },
      Refusal("filter of two axes", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(4, 8)
      },
      Refusal("grouped", .unsupported, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(4, 2, 2, 1)
      },
      Refusal("more channels than the input has", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(4, 2, 2, 3)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: convolution(), Self.accepted)
  }

  static let acceptedUnsigned = Signature(
    inputs: [
      Operand(Codes.type(Shape(1, 3, 3, 2), element: .uint8)),
      Codes.weights(Shape(2, 1, 1, 2), [1, 2, 3, 4], zeroPoint: 7, element: .uint8),
    ], outputs: [Codes.type(Shape(1, 3, 3, 2), element: .uint8)])

  static let unsignedRefusals = [
    Refusal("a scale per channel", .unsupported, .operand(1)) {
      $0.inputs[1]?.type.quantization = Quantization(
        scales: [1, 1], zeroPoints: [7, 7], axis: 0)
    },
    Refusal("weights int8", .unsupported, .operand(1)) { $0.inputs[1]?.type.element = .int8 },
    Refusal("result int8", .unsupported, .output(0)) { $0.outputs[0].element = .int8 },
  ]

  @Test(arguments: unsignedRefusals) func refusesUnsigned(_ refusal: Refusal) throws {
    try refusal.expect(of: convolution(), Self.acceptedUnsigned)
  }

  /// Floats have no scales; their bias is of floats.
  @Test func refusesABiasOfCodesBesideFloats() throws {
    let type = Floats.type(Shape(1, 1, 1, 1))
    var signature = Signature(
      inputs: [Operand(type), Floats.constant(Shape(1, 1, 1, 1), [1]), Codes.bias([1])],
      outputs: [type])
    #expect(try Codes.refusal(of: convolution(), signature)?.subject == .operand(2))
    signature.inputs[2] = Floats.constant(Shape(1), [1])
    #expect(try Codes.refusal(of: convolution(), signature) == nil)
  }

  /// A bias of [1, C] has as many words as one of [C].
  @Test func takesABiasOfTwoAxes() throws {
    var signature = Self.accepted
    signature.inputs[2]?.type.shape = Shape(1, 4)
    let operation = try convolution()
    let codes = [Int32](repeating: 1, count: 18)
    #expect(
      try Codes.of(operation, signature, codes) == Codes.of(operation, Self.accepted, codes))
  }

  @Test(arguments: [0, -1, 1 << 14 + 1] as [Int32]) func refusesStrides(_ stride: Int32) {
    #expect(throws: OptionError.self) { try convolution(stride: stride) }
    #expect(throws: OptionError.self) { try convolution(dilation: stride) }
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(Conv2D.self, .convolution, [.int16]) }
}

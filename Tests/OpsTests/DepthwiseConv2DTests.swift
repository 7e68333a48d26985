import Ops
import Tensor
import TestSupport
import Testing

@Suite struct DepthwiseConv2DTests {
  private func convolution(padding: Padding = .valid) throws -> DepthwiseConv2D {
    try DepthwiseConv2D(
      DepthwiseConv2D.builtins[0],
      options: OptionValues([
        0: .int8(padding.rawValue), 1: .int32(1), 2: .int32(1), 4: .int8(0), 5: .int32(1),
        6: .int32(1),
      ]))
  }

  /// Output channel c reads input channel c / 2: 2 * 1, 2 * 2, 3 * 3, 3 * 4.
  @Test func multipliesDepth() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1, 1, 2))), Codes.weights(Shape(1, 1, 1, 4), [1, 2, 3, 4]),
      ], outputs: [Codes.type(Shape(1, 1, 1, 4))])
    let operation = try convolution()
    #expect(try Codes.of(operation, signature, [2, 3]) == [2, 4, 9, 12])
    #expect(
      operation.access(signature, output: 0).operands[0][3] == .scaled(axis: 3, factor: 2))
  }

  /// Taps (1, 10) and (5, 6) over pixels (1, 2) and (3, 4): 1 * 1 + 3 * 5 and 2 * 10 + 4 * 6, the
  /// second channel at half the scale, plus the bias 1 and 4 / 2.
  @Test func scalesEachChannel() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1, 2, 2))),
        Codes.weights(Shape(1, 1, 2, 2), [1, 10, 5, 6], scales: [1, 0.5], axis: 3),
        Codes.bias([1, 4], scales: [1, 0.5]),
      ], outputs: [Codes.type(Shape(1, 1, 1, 2))])
    #expect(try Codes.of(convolution(), signature, [1, 2, 3, 4]) == [17, 24])
  }

  /// Zero point 1, so the pixels are 1, 2, 4; SAME pads one pixel on either side with 0:
  /// 1 * 10 + 2 * 100, 1 * 1 + 2 * 10 + 4 * 100, 2 * 1 + 4 * 10; steps of 10.
  @Test func padsWithTheZeroPoint() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1, 3, 1), zeroPoint: 1)),
        Codes.weights(Shape(1, 1, 3, 1), [1, 10, 100]),
      ], outputs: [Codes.type(Shape(1, 1, 3, 1), scale: 10, zeroPoint: 0)])
    #expect(try Codes.of(convolution(padding: .same), signature, [2, 3, 5]) == [21, 42, 4])
  }

  /// Around 128 the pixels are 2 and -3; around 120 the weights are 5 and -1, 4 and 10, two for
  /// each channel: 10, -2, -12 and -30, plus 100.
  @Test func takesUnsignedCodes() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1, 1, 2), zeroPoint: 128, element: .uint8)),
        Codes.weights(
          Shape(1, 1, 1, 4), [125, 119, 124, 130], zeroPoint: 120, element: .uint8),
      ], outputs: [Codes.type(Shape(1, 1, 1, 4), zeroPoint: 100, element: .uint8)])
    #expect(try Codes.of(convolution(), signature, [130, 125]) == [110, 98, 88, 70])
  }

  /// Two pixels of two channels: 1 * 0.5 + 3 * 4 and 2 * -1 + 4 * 0.25, plus 0.5 and 0.
  @Test func takesFloats() throws {
    let signature = Signature(
      inputs: [
        Operand(Floats.type(Shape(1, 1, 2, 2))),
        Floats.constant(Shape(1, 1, 2, 2), [0.5, -1, 4, 0.25]),
        Floats.constant(Shape(2), [0.5, 0]),
      ], outputs: [Floats.type(Shape(1, 1, 1, 2))])
    #expect(try Floats.of(convolution(), signature, [1, 2, 3, 4]) == [13, -1])
  }

  /// 2 x 2 pixels, 4 channels, 2 x 2 taps each.
  @Test func countsMACs() throws {
    let operation = try convolution()
    #expect(
      operation.macs(
        Self.accepted, operation.access(Self.accepted, output: 0), output: 0,
        over: Region(whole: Shape(1, 2, 2, 4)),
        reduce: Region(whole: Shape(1, 3, 3, 2))) == 4 * 4 * 4)
  }

  static let accepted = Signature(
    inputs: [
      Operand(Codes.type(Shape(1, 3, 3, 2))),
      Codes.weights(Shape(1, 2, 2, 4), [Int32](repeating: 1, count: 16)),
      Codes.bias([1, 2, 3, 4]),
    ], outputs: [Codes.type(Shape(1, 2, 2, 4))])

  static let refusals =
    Refusal.operand(0) + Refusal.result + Refusal.weights + [
      Refusal("input of three axes", .invalid, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(3, 3, 2)
      },
      Refusal("filter of two axes", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(4, 4)
      },
      Refusal("two filters", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(2, 2, 2, 4)
      },
      Refusal("half a multiplier", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(1, 2, 2, 3)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: convolution(), Self.accepted)
  }

  @Test func takesABiasOfTwoAxes() throws {
    var signature = Self.accepted
    signature.inputs[2]?.type.shape = Shape(4, 1)
    let codes = [Int32](repeating: 1, count: 18)
    #expect(
      try Codes.of(convolution(), signature, codes)
        == Codes.of(convolution(), Self.accepted, codes))
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(DepthwiseConv2D.self, .convolution, [.depthMultiplier, .int16])
  }
}

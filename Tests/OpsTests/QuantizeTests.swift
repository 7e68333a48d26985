import Ops
import Tensor
import TestSupport
import Testing

@Suite struct QuantizeTests {
  private func quantize() throws -> Quantize {
    try Quantize(Quantize.builtins[0], options: OptionValues())
  }

  /// The codes of floats.
  private func codes(of numbers: [Float], _ output: TensorType) throws -> [Int32] {
    let signature = Signature(
      inputs: [Operand(Floats.type(Shape(numbers.count)))], outputs: [output])
    return try Codes.result(of: quantize(), signature, [Bytes(copying: numbers)])
      .codes(of: output.element)
  }

  /// Steps of 1/2 around 3: halves of a step go away from zero before the zero point is added.
  @Test func rounds() throws {
    #expect(
      try codes(
        of: [0, 0.25, -0.25, 0.75, -0.75, 0.2], Codes.type(Shape(6), scale: 0.5, zeroPoint: 3))
        == [3, 4, 2, 5, 1, 3])
  }

  /// What is no number is the lowest code.
  @Test func clamps() throws {
    let numbers: [Float] = [1e30, -1e30, .infinity, -.infinity, .nan]
    let shape = Shape(numbers.count)
    #expect(
      try codes(of: numbers, Codes.type(shape, scale: 0.5, zeroPoint: 3))
        == [127, -128, 127, -128, -128])
    #expect(
      try codes(of: numbers, Codes.type(shape, scale: 0.5, zeroPoint: 3, element: .uint8))
        == [255, 0, 255, 0, 0])
    #expect(
      try codes(of: numbers, Codes.type(shape, scale: 0.5, element: .int16))
        == [32767, -32768, 32767, -32768, -32768])
  }

  /// The same steps, counted from the other end.
  @Test func changesSign() throws {
    let signed = Codes.type(Shape(3))
    let unsigned = Codes.type(Shape(3), zeroPoint: 128, element: .uint8)
    let away = Signature(inputs: [Operand(signed)], outputs: [unsigned])
    #expect(try Codes.of(quantize(), away, [-128, 0, 127]) == [0, 128, 255])
    let back = Signature(inputs: [Operand(unsigned)], outputs: [signed])
    #expect(try Codes.of(quantize(), back, [0, 128, 255]) == [-128, 0, 127])
  }

  /// Steps of 1/2 around 10 in steps of 1/4 around -20, clamped.
  @Test func rescales() throws {
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(4), scale: 0.5, zeroPoint: 10))],
      outputs: [Codes.type(Shape(4), scale: 0.25, zeroPoint: -20)])
    #expect(try Codes.of(quantize(), signature, [10, 14, 127, -128]) == [-20, -12, 127, -128])
  }

  /// In steps 256 times as large: the high multiply halves, upward where it is a tie, and the shift
  /// by seven bits rounds, ties away from zero.
  ///
  /// 128 and -128 are 1/2 a step either way; 127 is made 64 by the first, which the second takes
  /// for half a step; -127 is made -63.
  @Test func roundsTwice() throws {
    let signature = Signature(
      inputs: [Operand(Codes.type(Shape(6), element: .int16))],
      outputs: [Codes.type(Shape(6), scale: 256)])
    #expect(
      try Codes.of(quantize(), signature, [128, -128, 127, -127, -32768, 32767])
        == [1, -1, 1, 0, -128, 127])
  }

  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 3)))], outputs: [Codes.type(Shape(2, 3))])

  static let refusals = [
    Refusal("operand int64", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int64 },
    Refusal("operand not quantized", .invalid, .operand(0)) {
      $0.inputs[0]?.type.quantization = nil
    },
    Refusal("result float32", .unsupported, .output(0)) { $0.outputs[0].element = .float32 },
    Refusal("result not quantized", .invalid, .output(0)) { $0.outputs[0].quantization = nil },
    Refusal("result with two scales", .invalid, .output(0)) {
      $0.outputs[0].quantization = Quantization(scales: [1, 2], zeroPoints: [0, 0], axis: 0)
    },
    Refusal("result of another shape", .invalid, .output(0)) { $0.outputs[0].shape = Shape(6) },
    Refusal("a scale of 2^29 times the output's", .invalid, .output(0)) {
      $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p29, zeroPoint: 0)
    },
    Refusal("no operand", .invalid, .operands) { $0.inputs = [] },
    Refusal("two results", .invalid, .operands) { $0.outputs.append($0.outputs[0]) },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: quantize(), Self.accepted)
  }

  /// Which pairs of types have a kernel.
  @Test func asksWhoImplementsIt() throws {
    let quantize = try quantize()
    func implementers(_ input: ElementType, _ output: ElementType) -> [Profile] {
      let type = Codes.type(Shape(2), element: input)
      let signature = Signature(
        inputs: [Operand(type)], outputs: [Codes.type(Shape(2), element: output)])
      if Codes.refusal(of: quantize, signature) != nil { return [] }
      return Profile.all.filter { quantize.isImplemented(signature, by: $0) }
    }
    #expect(implementers(.float32, .uint8) == [.litert])
    #expect(implementers(.float32, .int16) == Profile.all)
    #expect(implementers(.int8, .uint8) == Profile.all)
    #expect(implementers(.int8, .int32) == [.tflm])
    #expect(implementers(.uint8, .int8) == Profile.all)
    #expect(implementers(.uint8, .int16) == [.litert])
    #expect(implementers(.int16, .int32) == Profile.all)
    #expect(implementers(.int16, .uint8) == [])
    #expect(implementers(.int32, .int16) == Profile.all)
    #expect(implementers(.int32, .uint8) == [])
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Quantize.self, .elements, .extents, .zeroPoints, .rescaling, .saturation, [.int16])
  }
}

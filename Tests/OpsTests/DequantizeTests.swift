import Ops
import Tensor
import TestSupport
import Testing

@Suite struct DequantizeTests {
  private func dequantize() throws -> Dequantize {
    try Dequantize(Dequantize.builtins[0], options: OptionValues())
  }

  /// The numbers that codes stand for.
  private func numbers(
    _ codes: [Int32], _ element: ElementType, scale: Float, zeroPoint: Int32
  ) throws -> [Float] {
    let shape = Shape(codes.count)
    let type = Codes.type(shape, scale: scale, zeroPoint: zeroPoint, element: element)
    let signature = Signature(inputs: [Operand(type)], outputs: [Floats.type(shape)])
    return try Codes.result(of: dequantize(), signature, [element.bytes(of: codes)])
      .elements(of: Float.self)
  }

  /// Steps from the zero point times the scale, at the ends of each type.
  @Test func scales() throws {
    #expect(
      try numbers([-128, 3, 127], .int8, scale: 0.5, zeroPoint: 3) == [-65.5, 0, 62])
    #expect(
      try numbers([0, 128, 255], .uint8, scale: 2, zeroPoint: 128) == [-256, 0, 254])
    #expect(
      try numbers([-32768, 0, 32767], .int16, scale: 0.25, zeroPoint: 0) == [-8192, 0, 8191.75])
  }

  /// A tenth as a float is 0.1 + 1.5e-9; three of them lie between two floats, of which 0.3 is
  /// nearer, and so do seven, of which 0.7 is.
  @Test func roundsToTheNearestFloat() throws {
    #expect(
      try numbers([0, 1, 3, 7], .int8, scale: 0.1, zeroPoint: 0) == [0, 0.1, 0.3, 0.7])
  }

  /// A float is wider than a code: the last one starts 20 bytes after the first, its code 5.
  @Test func liesBeforeItsCodes() throws {
    let access = try dequantize().access(Self.accepted, output: 0)
    let whole = Region(whole: Shape(2, 3))
    let map = AxisMap.rowMajor(whole)
    #expect(
      LastReads(access, operand: 0, tile: whole).distance(
        operand: map, width: 1, result: map, width: 4) == 15)
  }

  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 3)))], outputs: [Floats.type(Shape(2, 3))])

  static let refusals = [
    Refusal("operand int32", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int32 },
    Refusal("operand float32", .unsupported, .operand(0)) {
      $0.inputs[0]?.type.element = .float32
    },
    Refusal("operand not quantized", .invalid, .operand(0)) {
      $0.inputs[0]?.type.quantization = nil
    },
    Refusal("operand with two scales", .invalid, .operand(0)) {
      $0.inputs[0]?.type.quantization = Quantization(scales: [1, 2], zeroPoints: [0, 0], axis: 0)
    },
    Refusal("result float16", .unsupported, .output(0)) { $0.outputs[0].element = .float16 },
    Refusal("result of another shape", .invalid, .output(0)) { $0.outputs[0].shape = Shape(6) },
    Refusal("no operand", .invalid, .operands) { $0.inputs = [] },
    Refusal("two results", .invalid, .operands) { $0.outputs.append($0.outputs[0]) },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: dequantize(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Dequantize.self, .extents, .operandZeroPoints, [.uint8, .int16])
  }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct BatchMatMulTests {
  private func multiply(left: Bool = false, right: Bool = false) throws -> BatchMatMul {
    try BatchMatMul(
      BatchMatMul.builtins[0], options: OptionValues([0: .bool(left), 1: .bool(right)]))
  }

  private static func signature(
    _ left: Shape, _ right: Shape, _ output: Shape, element: ElementType = .int8
  ) -> Signature {
    Signature(
      inputs: [
        Operand(Codes.type(left, element: element)), Operand(Codes.type(right, element: element)),
      ], outputs: [Codes.type(output, element: element)])
  }

  /// (1 2 3; 4 5 6) times (1 0; 2 1; 0 -1).
  @Test(arguments: [ElementType.int8, .int16]) func multiplies(_ element: ElementType) throws {
    let signature = Self.signature(Shape(2, 3), Shape(3, 2), Shape(2, 2), element: element)
    #expect(
      try Codes.of(multiply(), signature, [1, 2, 3, 4, 5, 6], [1, 0, 2, 1, 0, -1])
        == [5, -1, 14, -1])
  }

  /// The same matrices, stored by columns.
  @Test func multipliesTransposed() throws {
    let signature = Self.signature(Shape(3, 2), Shape(2, 3), Shape(2, 2))
    let operation = try multiply(left: true, right: true)
    #expect(
      try Codes.of(operation, signature, [1, 4, 2, 5, 3, 6], [1, 2, 0, 0, 1, -1])
        == [5, -1, 14, -1])
    #expect(
      operation.access(signature, output: 0).operands
        == [[.reduced, .window(axis: 0)], [.window(axis: 1), .reduced]])
  }

  /// One matrix for two batches, around zero points.
  @Test func broadcastsBatches() throws {
    var signature = Self.signature(Shape(2, 1, 2), Shape(2, 1), Shape(2, 1, 1))
    signature.inputs[0]?.type.quantization = Quantization(scale: 0.5, zeroPoint: 1)
    signature.inputs[1]?.type.quantization = Quantization(scale: 2, zeroPoint: -1)
    #expect(try Codes.of(multiply(), signature, [2, 3, 4, 5], [1, 2]) == [8, 18])
  }

  /// 5 * 6 times 0.07 * 0.7 / 0.06, of the scales as floats, is 24.50000024; the product of scales rounded to
  /// single precision makes 24.49999988 of it.
  @Test func multipliesScalesInThePrecisionOfTheProfile() throws {
    let signature = Signature(
      inputs: [
        Operand(Codes.type(Shape(1, 1), scale: 0.07)), Operand(Codes.type(Shape(1, 1), scale: 0.7)),
      ], outputs: [Codes.type(Shape(1, 1), scale: 0.06)])
    #expect(try Codes.of(multiply(), signature, [5], [6], profile: .tflm) == [25])
    #expect(try Codes.of(multiply(), signature, [5], [6], profile: .litert) == [24])
  }

  @Test func multipliesFloats() throws {
    let signature = Signature(
      inputs: [Operand(Floats.type(Shape(1, 2))), Operand(Floats.type(Shape(2, 1)))],
      outputs: [Floats.type(Shape(1, 1))])
    #expect(try Floats.of(multiply(), signature, [0.5, -2], [3, 0.25]) == [1])
  }

  static let accepted = signature(Shape(2, 3), Shape(3, 2), Shape(2, 2))

  static let refusals =
    Refusal.operand(0) + [
      Refusal("matrices that do not fit", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(2, 2)
      },
      Refusal("a vector", .unsupported, .operand(1)) { $0.inputs[1]?.type.shape = Shape(3) },
      Refusal("another result", .invalid, .output(0)) { $0.outputs[0].shape = Shape(2, 3) },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: multiply(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(BatchMatMul.self, [.extentOne, .constantOperand, .int16, .float32])
  }
}

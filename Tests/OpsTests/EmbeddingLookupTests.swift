import Ops
import Tensor
import TestSupport
import Testing

@Suite struct EmbeddingLookupTests {
  private func lookup() throws -> EmbeddingLookup {
    try EmbeddingLookup(EmbeddingLookup.builtins[0], options: OptionValues())
  }

  private static let rows: [Int32] = [1, 2, 3, 4, 5, 6]

  /// Rows 2, 0 and, nearest to -1, 0.
  @Test func choosesRows() throws {
    #expect(try Codes.of(lookup(), Self.accepted, [2, 0, -1], Self.rows) == [5, 6, 1, 2, 1, 2])
    #expect(
      try lookup().access(Self.accepted, output: 0).operands == [
        [.window(axis: 0)], [.whole, .window(axis: 1)],
      ])
  }

  @Test func makesFloats() throws {
    var signature = Self.accepted
    signature.inputs[1]?.type.quantization = Quantization(scale: 0.5, zeroPoint: 0)
    signature.outputs[0] = Floats.type(Shape(3, 2))
    let result = try Codes.result(
      of: lookup(), signature,
      [ElementType.int32.bytes(of: [1, 2, 1]), ElementType.int8.bytes(of: Self.rows)])
    #expect(result.elements(of: Float.self) == [1.5, 2, 2.5, 3, 1.5, 2])
  }

  static let accepted = Signature(
    inputs: [Operand(TensorType(.int32, Shape(3))), Operand(Codes.type(Shape(3, 2)))],
    outputs: [Codes.type(Shape(3, 2))])

  static let refusals =
    Refusal.movedResult + [
      Refusal("indices int64", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int64 },
      Refusal("one axis", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape(3) },
      Refusal("no row", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape(0, 2) },
      Refusal("index 3 of three", .invalid, .operand(0)) {
        $0.inputs[0] = Codes.integers([0, 3, 1])
      },
      Refusal("floats around 1", .invalid, .operand(1)) {
        $0.inputs[1]?.type.quantization = Quantization(scale: 1, zeroPoint: 1)
        $0.outputs[0] = Floats.type(Shape(3, 2))
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: lookup(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      EmbeddingLookup.self, .elements, .extents, [.constantOperand, .int16, .int64, .bool])
  }
}

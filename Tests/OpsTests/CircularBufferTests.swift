import Ops
import Tensor
import TestSupport
import Testing

/// CIRCULAR_BUFFER keeps the last rows.
@Suite struct CircularBufferTests {
  private static let row = Codes.type(Shape(1, 1, 1, 2), scale: 0.5, zeroPoint: 3)
  private static let rows = Codes.type(Shape(1, 3, 1, 2), scale: 0.5, zeroPoint: 3)
  private static let signature = Signature(
    inputs: [Operand(row), Operand(rows)], outputs: [rows])

  private func buffer(_ cycles: Int32? = 1) throws -> CircularBuffer {
    try CircularBuffer(
      CircularBuffer.builtins[0],
      options: OptionValues(cycles.map { [0: .int32($0)] } ?? [:]))
  }

  @Test func dropsTheFirstRow() throws {
    #expect(
      try Codes.of(buffer(), Self.signature, [7, -8], [1, 2, 3, 4, 5, 6]) == [3, 4, 5, 6, 7, -8])
  }

  /// The scales of the rows are not looked at.
  @Test func oneRowIsTheInput() throws {
    let row = Codes.type(Shape(1, 1, 1, 2), scale: 2, zeroPoint: -9)
    let signature = Signature(inputs: [Operand(Self.row), Operand(row)], outputs: [row])
    #expect(try Codes.of(buffer(), signature, [127, -128], [1, 2]) == [127, -128])
  }

  @Test(arguments: [5, 13, 25]) func theRowsSayThatItDoesNotWait(_ count: Int) throws {
    let rows = Codes.type(Shape(1, count, 1, 2), scale: 0.5, zeroPoint: 3)
    let signature = Signature(inputs: [Operand(Self.row), Operand(rows)], outputs: [rows])
    for cycles in [-1, 0, nil] as [Int32?] {
      #expect(try Codes.refusal(of: buffer(cycles), signature) == nil)
      let error = try #require(try Codes.refusal(of: buffer(cycles), Self.signature))
      #expect(error.kind == .unsupported && error.subject == .attribute("cycles_max"))
    }
  }

  @Test func refusesToWait() throws {
    let error = try #require(throws: OptionError.self) { try buffer(2) }
    #expect(error.kind == .unsupported && error.slot == 0)
    #expect(error.description.contains("split the model"))
  }

  static let refusals =
    Refusal.operand(0) + [
      Refusal("no variable", .invalid, .operands) { $0.inputs.removeLast() },
      Refusal("int16", .unsupported, .operand(1)) { $0.inputs[1]?.type.element = .int16 },
      Refusal("a result that is no state", .invalid, .output(0)) {
        $0.outputs[0].quantization = nil
      },
      Refusal("two rows at once", .invalid, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(1, 2, 1, 2)
      },
      Refusal("other channels", .invalid, .operand(0)) {
        $0.inputs[0]?.type.shape = Shape(1, 1, 1, 3)
      },
      Refusal("three axes", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(1, 1, 2) },
      Refusal("two batches", .unsupported, .output(0)) {
        $0.inputs[1]?.type.shape = Shape(2, 3, 1, 2)
        $0.outputs[0].shape = Shape(2, 3, 1, 2)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: buffer(), Self.signature)
  }

  @Test func isTensorFlowLiteMicrosAlone() throws {
    #expect(try buffer().isImplemented(Self.signature, by: .tflm))
    #expect(try !buffer().isImplemented(Self.signature, by: .litert))
  }

  @Test func theGeneratorMeetsTheEdges() {
    GeneratorCoverage.expect(CircularBuffer.self, [.extentOne], .zeroPoints)
  }
}

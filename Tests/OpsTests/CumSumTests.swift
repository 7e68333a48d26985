import Ops
import Tensor
import TestSupport
import Testing

@Suite struct CumSumTests {
  private func operation(exclusive: Bool = false, reverse: Bool = false) throws -> CumSum {
    try CumSum(
      CumSum.builtins[0], options: OptionValues([0: .bool(exclusive), 1: .bool(reverse)]))
  }

  private static func signature(_ input: TensorType, axis: Int32, _ output: TensorType? = nil)
    -> Signature
  {
    Signature(
      inputs: [Operand(input), Codes.integers([axis])], outputs: [output ?? input])
  }

  @Test func sumsRowsAndColumns() throws {
    let numbers: [Int32] = [1, 2, 3, 4, 5, 6]
    let rows = Self.signature(TensorType(.int32, Shape(2, 3)), axis: -1)
    let columns = Self.signature(TensorType(.int32, Shape(2, 3)), axis: 0)
    #expect(try Codes.of(operation(), rows, numbers) == [1, 3, 6, 4, 9, 15])
    #expect(try Codes.of(operation(), columns, numbers) == [1, 2, 3, 5, 7, 9])
    #expect(try Codes.of(operation(exclusive: true), rows, numbers) == [0, 1, 3, 0, 4, 9])
    #expect(try Codes.of(operation(reverse: true), rows, numbers) == [6, 5, 3, 15, 11, 6])
    #expect(
      try Codes.of(operation(exclusive: true, reverse: true), rows, numbers) == [5, 3, 0, 11, 6, 0])
    #expect(
      try operation().access(columns, output: 0).operands[0] == [.whole, .window(axis: 1)])
  }

  /// In steps of 1/2 to steps of 1: 1/2, 2 and 3.
  @Test func sumsCodes() throws {
    let signature = Self.signature(
      Codes.type(Shape(3), scale: 0.5), axis: 0, Codes.type(Shape(3), zeroPoint: -3))
    #expect(try Codes.of(operation(), signature, [1, 3, 2]) == [-2, -1, 0])
  }

  /// A zero point of 1 counts once too often.
  @Test func countsTheZeroPoint() throws {
    let signature = Self.signature(
      Codes.type(Shape(2), zeroPoint: 1), axis: 0, Codes.type(Shape(2)))
    #expect(try Codes.of(operation(), signature, [3, 4]) == [1, 4])
  }

  @Test func sumsFloats() throws {
    let signature = Self.signature(Floats.type(Shape(3)), axis: 0)
    #expect(try Floats.of(operation(), signature, [1, -2, 0.5]) == [1, -1, -0.5])
  }

  static let accepted = signature(Codes.type(Shape(2, 3)), axis: 1)

  static let refusals =
    Refusal.operand(0) + Refusal.result + Refusal.attributes(1) + [
      Refusal("axis 2 of two", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([2]) },
      Refusal("two axes", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([0, 1]) },
      Refusal("a scale of 2^19 times the output's", .invalid, .output(0)) {
        $0.inputs[0]?.type.quantization = Quantization(scale: 0x1p19, zeroPoint: 0)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: operation(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      CumSum.self, .extents, .saturation, .zeroPoints,
      [.float32, .int32, .int64, .negativeAttribute])
  }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct GatherNDTests {
  private func gather() throws -> GatherND {
    try GatherND(GatherND.builtins[0], options: OptionValues())
  }

  private static func signature(_ source: Shape, _ indices: Shape, _ output: Shape) -> Signature {
    Signature(
      inputs: [Operand(Codes.type(source)), Operand(TensorType(.int32, indices))],
      outputs: [Codes.type(output)])
  }

  private static let rows: [Int32] = [1, 2, 3, 4, 5, 6]

  /// Elements (2, 1), (0, 0) and, nearest to what is out of range, (2, 0).
  @Test func choosesElements() throws {
    let signature = Self.signature(Shape(3, 2), Shape(3, 2), Shape(3))
    let operation = try gather()
    #expect(try Codes.of(operation, signature, Self.rows, [2, 1, 0, 0, 9, -1]) == [6, 1, 5])
    #expect(
      operation.access(signature, output: 0).operands == [
        [.whole, .whole], [.window(axis: 0), .whole],
      ])
  }

  /// Rows 2 and 0.
  @Test func choosesSlices() throws {
    #expect(try Codes.of(gather(), Self.accepted, Self.rows, [2, 0]) == [5, 6, 1, 2])
    #expect(
      try gather().access(Self.accepted, output: 0).operands[0] == [.whole, .window(axis: 1)])
  }

  static let accepted = signature(Shape(3, 2), Shape(2, 1), Shape(2, 2))

  static let refusals =
    Refusal.movedResult + [
      Refusal("no indices", .invalid, .operands) { $0.inputs[1] = nil },
      Refusal("indices int8", .unsupported, .operand(1)) { $0.inputs[1]?.type.element = .int8 },
      Refusal("three indices of two axes", .invalid, .operand(1)) {
        $0.inputs[1]?.type.shape = Shape(2, 3)
      },
      Refusal("no row", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape() },
      Refusal("no slices", .invalid, .operand(1)) { $0.inputs[0]?.type.shape = Shape(0, 2) },
      Refusal("index 3 of three", .invalid, .operand(1)) {
        $0.inputs[1] = Codes.integers([0, 3], shape: Shape(2, 1))
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: gather(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      GatherND.self, .movement, [.constantOperand, .fewerAxes, .moreAxes])
  }
}

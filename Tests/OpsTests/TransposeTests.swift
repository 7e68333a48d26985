import Ops
import Tensor
import TestSupport
import Testing

@Suite struct TransposeTests {
  private func transpose() throws -> Transpose {
    try Transpose(Transpose.builtins[0], options: OptionValues())
  }

  private static func signature(_ input: Shape, order: [Int32], _ output: Shape) -> Signature {
    Signature(
      inputs: [Operand(Codes.type(input)), Codes.integers(order)], outputs: [Codes.type(output)])
  }

  private static let codes = Array(1...6 as ClosedRange<Int32>)

  /// Rows become columns; a tile of one row reads one column.
  @Test func swapsAxes() throws {
    let operation = try transpose()
    #expect(try Codes.of(operation, Self.accepted, Self.codes) == [1, 4, 2, 5, 3, 6])
    let access = operation.access(Self.accepted, output: 0)
    #expect(access.operands[0] == [.window(axis: 1), .window(axis: 0)])
    #expect(access.bounds(of: 0, for: Region([2..<3, 0..<2])) == Region([0..<2, 2..<3]))
  }

  /// Three axes in a cycle: operand axis 2 comes first, then 0, then 1, so that operand axis 0
  /// follows axis 1 of the result.
  ///
  /// Of rows (1, 2), (3, 4) and (5, 6) in the one plane, the first column is 1, 3, 5.
  @Test func movesAxesInACycle() throws {
    let signature = Self.signature(Shape(1, 3, 2), order: [2, 0, 1], Shape(2, 1, 3))
    let operation = try transpose()
    #expect(try Codes.of(operation, signature, Self.codes) == [1, 3, 5, 2, 4, 6])
    #expect(
      operation.access(signature, output: 0).operands[0]
        == [.window(axis: 1), .window(axis: 2), .window(axis: 0)])
  }

  @Test func keepsTheOrder() throws {
    let signature = Self.signature(Shape(2, 3), order: [0, 1], Shape(2, 3))
    #expect(try Codes.of(transpose(), signature, Self.codes) == Self.codes)
  }

  @Test func movesFloats() throws {
    let signature = Signature(
      inputs: [Operand(Floats.type(Shape(2, 2))), Codes.integers([1, 0])],
      outputs: [Floats.type(Shape(2, 2))])
    #expect(try Floats.of(transpose(), signature, [0.5, 1, -2, 3]) == [0.5, -2, 1, 3])
  }

  static let accepted = signature(Shape(2, 3), order: [1, 0], Shape(3, 2))

  static let refusals =
    Refusal.movedResult + Refusal.attributes(1) + [
      Refusal("one axis of two", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([0]) },
      Refusal("an axis twice", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([0, 0]) },
      Refusal("axis 2 of two", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([2, 0]) },
      Refusal("axis -1", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([-1, 0]) },
      Refusal("the extents in the old order", .invalid, .output(0)) {
        $0.outputs[0].shape = Shape(2, 3)
      },
    ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: transpose(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(Transpose.self, .movement, [.reorderedAxes])
  }
}

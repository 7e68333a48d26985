import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ReshapeTests {
  private func reshape(_ shape: [Int32] = []) throws -> Reshape {
    try Reshape(Reshape.builtins[0], options: OptionValues([0: .int32s(shape)]))
  }

  private static func signature(_ from: Shape, _ to: Shape) -> Signature {
    Signature(inputs: [Operand(Codes.type(from))], outputs: [Codes.type(to)])
  }

  @Test func keepsTheOrder() throws {
    let codes = Array(-12..<12 as Range<Int32>)
    for to in [Shape(24), Shape(6, 4), Shape(4, 6), Shape(1, 2, 1, 12)] {
      #expect(try Codes.of(reshape(), Self.signature(Shape(2, 3, 4), to), codes) == codes)
    }
  }

  /// Axes are read one to one where their extent and the elements after them stay the same.
  @Test func readsOneToOneWhereItCan() throws {
    func axes(_ from: Shape, _ to: Shape) throws -> [AxisAccess] {
      try reshape().access(Self.signature(from, to), output: 0).operands[0]
    }
    #expect(try axes(Shape(2, 3, 4), Shape(2, 12)) == [.window(axis: 0), .whole, .whole])
    #expect(try axes(Shape(2, 3, 4), Shape(6, 4)) == [.whole, .whole, .window(axis: 1)])
    #expect(
      try axes(Shape(2, 1, 3), Shape(1, 2, 3)) == [.window(axis: 1), .fixed(0), .window(axis: 2)])
    // As many elements, but none of the old rows.
    #expect(try axes(Shape(2, 3), Shape(3, 2)) == [.whole, .whole])
  }

  @Test func readsOptionsBack() throws {
    #expect(try reshape([2, -1]).extentsOrAxes == [2, -1])
    #expect(try Reshape(Reshape.builtins[0], options: OptionValues()).extentsOrAxes.isEmpty)
    #expect(try reshape([2, -1]).options == OptionValues([0: .int32s([2, -1])]))
  }

  static let accepted = Signature(
    inputs: [
      Operand(Codes.type(Shape(2, 3))),
      Operand(TensorType(.int32, Shape(1)), constant: Bytes(copying: [6] as [Int32])),
    ], outputs: [Codes.type(Shape(6))])

  static let refusals = [
    Refusal("no operand", .invalid, .operands) { $0.inputs = [] },
    Refusal("three operands", .invalid, .operands) { $0.inputs.append(nil) },
    Refusal("two results", .invalid, .operands) { $0.outputs.append($0.outputs[0]) },
    Refusal("a result of another type", .invalid, .output(0)) { $0.outputs[0].element = .uint8 },
    Refusal("a result of seven", .invalid, .output(0)) { $0.outputs[0].shape = Shape(7) },
    Refusal("a shape at run time", .unsupported, .operand(1)) { $0.inputs[1]?.constant = nil },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: reshape(), Self.accepted)
  }
}

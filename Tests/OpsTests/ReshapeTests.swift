import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ReshapeTests {
  private func reshape(_ shape: [Int32] = []) throws -> Reshape {
    try Reshape(Reshape.builtins[0], options: OptionValues([0: .int32s(shape)]))
  }

  private func squeeze(_ axes: [Int32] = []) throws -> Reshape {
    try Reshape(Reshape.builtins[1], options: OptionValues([0: .int32s(axes)]))
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

  /// Axes are read one to one where their extent and the elements after them stay the same, and row by row where
  /// rows are merged with what lies in them, or parted from it.
  @Test func readsOneToOneWhereItCan() throws {
    func axes(_ from: Shape, _ to: Shape) throws -> [AxisAccess] {
      try reshape().access(Self.signature(from, to), output: 0).operands[0]
    }
    #expect(
      try axes(Shape(2, 3, 4), Shape(2, 12)) == [
        .window(axis: 0), .scaled(axis: 1, factor: 4), .whole,
      ])
    #expect(
      try axes(Shape(2, 3, 4), Shape(6, 4))
        == [.scaled(axis: 0, factor: 3), .whole, .window(axis: 1)])
    #expect(
      try axes(Shape(2, 12), Shape(2, 3, 4))
        == [.window(axis: 0), .scaled(axis: 1, factor: 1, size: 4)])
    #expect(
      try axes(Shape(2, 1, 3), Shape(1, 2, 3)) == [.window(axis: 1), .fixed(0), .window(axis: 2)])
    #expect(try axes(Shape(0, 3), Shape(4, 0)) == [.whole, .whole])
    // As many elements, but none of the old rows.
    #expect(try axes(Shape(2, 3), Shape(3, 2)) == [.whole, .whole])
  }

  /// Axes of one coordinate go; the others are read one to one.
  @Test(arguments: [[], [0, 2], [0, -2]] as [[Int32]]) func squeezes(_ axes: [Int32]) throws {
    let signature = Self.signature(Shape(1, 2, 1, 3), Shape(2, 3))
    let operation = try squeeze(axes)
    #expect(try Codes.of(operation, signature, [1, 2, 3, 4, 5, 6]) == [1, 2, 3, 4, 5, 6])
    #expect(
      operation.access(signature, output: 0).operands[0]
        == [.fixed(0), .window(axis: 0), .fixed(0), .window(axis: 1)])
    #expect(operation.inPlace(signature, operand: 0, output: 0) == .sameAddress)
    #expect(operation.options == OptionValues(axes.isEmpty ? [:] : [0: .int32s(axes)]))
  }

  /// One element loses all its axes.
  @Test func squeezesToAScalar() throws {
    #expect(try Codes.of(squeeze(), Self.signature(Shape(1, 1), Shape()), [7]) == [7])
  }

  @Test func reshapesFloats() throws {
    let signature = Signature(
      inputs: [Operand(Floats.type(Shape(2, 2)))], outputs: [Floats.type(Shape(4))])
    #expect(try Floats.of(reshape(), signature, [0.5, -1, 2, 3]) == [0.5, -1, 2, 3])
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

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      Reshape.self, .movement, [.fewerAxes, .moreAxes])
  }
}

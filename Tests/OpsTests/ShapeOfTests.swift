import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ShapeOfTests {
  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(2, 3)))], outputs: [TensorType(.int32, Shape(2))])

  private func shape() throws -> ShapeOf {
    try ShapeOf(ShapeOf.builtins[0], options: OptionValues([0: .int8(2)]))
  }

  @Test func statesExtents() throws {
    #expect(try Codes.of(shape(), Self.accepted, [0, 0, 0, 0, 0, 0]) == [2, 3])
    var wide = Self.accepted
    wide.outputs[0].element = .int64
    #expect(try shape().statedOptions(wide) == OptionValues([0: .int8(4)]))
    #expect(try !shape().isImplemented(wide, by: .tflm))
    #expect(try shape().isImplemented(wide, by: .litert))
  }

  @Test func statesTheRank() throws {
    let rank = try ShapeOf(ShapeOf.builtins[1], options: OptionValues())
    let signature = Signature(
      inputs: Self.accepted.inputs, outputs: [TensorType(.int32, Shape())])
    #expect(try Codes.of(rank, signature, [0, 0, 0, 0, 0, 0]) == [2])
    #expect(!rank.isImplemented(signature, by: .tflm))
  }

  @Test func readsNothing() throws {
    let access = try shape().access(Self.accepted, output: 0)
    #expect(access.bounds(of: 0, for: Region([0..<2])).isEmpty)
    #expect(access.coordinates(of: 0, for: Region([0..<2])) == [[], []])
  }

  static let refusals = [
    Refusal("a result of int8", .unsupported, .output(0)) { $0.outputs[0].element = .int8 },
    Refusal("three extents", .invalid, .output(0)) { $0.outputs[0].shape = Shape(3) },
    Refusal("no operand", .invalid, .operands) { $0.inputs = [] },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: shape(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(ShapeOf.self, .elements, [.extentOne, .int64, .bool])
  }
}

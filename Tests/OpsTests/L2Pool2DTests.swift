import Ops
import Tensor
import TestSupport
import Testing

@Suite struct L2Pool2DTests {
  private func pool(activation: Int8 = 0) throws -> L2Pool2D {
    try L2Pool2D(
      L2Pool2D.builtins[0],
      options: OptionValues([
        0: .int8(0), 1: .int32(1), 2: .int32(1), 3: .int32(2), 4: .int32(1), 5: .int8(activation),
      ]))
  }

  private static let accepted = Signature(
    inputs: [Operand(Floats.type(Shape(1, 1, 3, 1)))], outputs: [Floats.type(Shape(1, 1, 3, 1))])

  /// The roots of (1 + 49) / 2, (49 + 1) / 2 and, at the edge, 1.
  @Test func takesRootsOfMeanSquares() throws {
    #expect(try Floats.of(pool(), Self.accepted, [1, -7, 1]) == [5, 5, 1])
    #expect(try Floats.of(pool(activation: 2), Self.accepted, [1, -7, 1]) == [1, 1, 1])
  }

  static let refusals = [
    Refusal("int8", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int8 },
    Refusal("three axes", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(1, 3, 1) },
    Refusal("another shape", .invalid, .output(0)) { $0.outputs[0].shape = Shape(1, 1, 2, 1) },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: pool(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(L2Pool2D.self, .extents, .windows, [.float32])
  }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ScatterNDTests {
  private func scatter() throws -> ScatterND {
    try ScatterND(ScatterND.builtins[0], options: OptionValues())
  }

  /// Row 2 twice, which wraps; nothing of row 3.
  @Test func addsSlices() throws {
    #expect(
      try Codes.of(scatter(), Self.accepted, [2, 3, 2], [100, 1, 5, 6, 100, 2])
        == [0, 0, 0, 0, -56, 3])
  }

  static let accepted = Signature(
    inputs: [
      Operand(TensorType(.int32, Shape(3, 1))), Operand(Codes.type(Shape(3, 2))),
      Codes.integers([3, 2]),
    ], outputs: [Codes.type(Shape(3, 2))])

  static let refusals = [
    Refusal("indices int64", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int64 },
    Refusal("int16", .unsupported, .operand(1)) { $0.inputs[1]?.type.element = .int16 },
    Refusal("longer slices", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape(3, 3) },
    Refusal("three indices of two axes", .invalid, .operand(1)) {
      $0.inputs[0]?.type.shape = Shape(3, 3)
    },
    Refusal("a shape at run time", .unsupported, .operand(2)) { $0.inputs[2]?.constant = nil },
    Refusal("another shape", .invalid, .output(0)) { $0.outputs[0].shape = Shape(2, 3) },
    Refusal("another result", .invalid, .output(0)) { $0.outputs[0].element = .uint8 },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: scatter(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(ScatterND.self, .extents, [.constantOperand, .float32, .uint8, .bool])
  }
}

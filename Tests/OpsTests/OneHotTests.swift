import Ops
import Tensor
import TestSupport
import Testing

@Suite struct OneHotTests {
  private func oneHot(axis: Int32 = -1) throws -> OneHot {
    try OneHot(OneHot.builtins[0], options: OptionValues([0: .int32(axis)]))
  }

  private static func signature(_ output: Shape) -> Signature {
    Signature(
      inputs: [
        Operand(TensorType(.int32, Shape(2))), Codes.integers([3], shape: Shape()),
        Operand(Codes.type(Shape())), Operand(Codes.type(Shape(1))),
      ], outputs: [Codes.type(output)])
  }

  @Test func marksIndices() throws {
    #expect(
      try Codes.of(oneHot(), Self.accepted, [2, 3], nil, [7], [-1])
        == [-1, -1, 7, -1, -1, -1])
    #expect(
      try Codes.of(oneHot(axis: 0), Self.signature(Shape(3, 2)), [2, 0], nil, [7], [-1])
        == [-1, 7, -1, -1, 7, -1])
    #expect(
      try oneHot().access(Self.accepted, output: 0).operands
        == [[.window(axis: 0)], [], [], [.fixed(0)]])
  }

  static let accepted = signature(Shape(2, 3))

  static let refusals = [
    Refusal("indices int16", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int16 },
    Refusal("a length at run time", .unsupported, .operand(1)) { $0.inputs[1]?.constant = nil },
    Refusal("length -1", .invalid, .operand(1)) { $0.inputs[1] = Codes.integers([-1]) },
    Refusal("int16", .unsupported, .operand(2)) { $0.inputs[2]?.type.element = .int16 },
    Refusal("two values", .invalid, .operand(3)) { $0.inputs[3]?.type.shape = Shape(2) },
    Refusal("another result", .invalid, .output(0)) { $0.outputs[0].element = .uint8 },
    Refusal("another shape", .invalid, .output(0)) { $0.outputs[0].shape = Shape(3, 2) },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: oneHot(), Self.accepted)
  }

  @Test(arguments: [-2, 2] as [Int32]) func refusesAxes(_ axis: Int32) throws {
    #expect(Codes.refusal(of: try oneHot(axis: axis), Self.accepted)?.subject == .attribute("axis"))
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      OneHot.self, .extents,
      [.int32, .int64, .uint8, .bool, .float32, .moreAxes, .negativeAttribute])
  }
}

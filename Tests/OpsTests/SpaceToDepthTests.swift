import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SpaceToDepthTests {
  private func operation(_ builtin: Int, block: Int32 = 2) throws -> SpaceToDepth {
    try SpaceToDepth(SpaceToDepth.builtins[builtin], options: OptionValues([0: .int32(block)]))
  }

  /// A block of two rows and two columns, two channels each.
  static let accepted = Signature(
    inputs: [Operand(Codes.type(Shape(1, 2, 4, 1)))], outputs: [Codes.type(Shape(1, 1, 2, 4))])
  private static let space = [1, 2, 3, 4, 5, 6, 7, 8] as [Int32]
  private static let depth = [1, 2, 5, 6, 3, 4, 7, 8] as [Int32]

  @Test func movesBlocks() throws {
    #expect(try Codes.of(operation(0), Self.accepted, Self.space) == Self.depth)
    let back = Signature(
      inputs: [Operand(Self.accepted.outputs[0])], outputs: [Codes.type(Shape(1, 2, 4, 1))])
    #expect(try Codes.of(operation(1), back, Self.depth) == Self.space)
    #expect(
      try operation(1).access(back, output: 0).bounds(
        of: 0, for: Region([0..<1, 1..<2, 1..<3, 0..<1])) == Region([0..<1, 0..<1, 0..<2, 0..<4]))
    #expect(try operation(0).isImplemented(Self.accepted, by: .tflm))
  }

  @Test(arguments: [0, -1, 4097] as [Int32]) func refusesBlocks(_ size: Int32) {
    #expect(throws: OptionError.self) { try operation(0, block: size) }
  }

  static let refusals = [
    Refusal("three columns", .invalid, .operand(0)) {
      $0.inputs[0]?.type.shape = Shape(1, 2, 3, 1)
    },
    Refusal("three axes", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(2, 4, 1) },
    Refusal("bool", .unsupported, .operand(0)) {
      $0.inputs[0]?.type.element = .bool
      $0.outputs[0].element = .bool
    },
    Refusal("no operand", .invalid, .operands) { $0.inputs = [] },
  ]

  @Test(arguments: Refusal.movedResult + refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: operation(0), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      SpaceToDepth.self, .elements, .zeroPoints, [.extentOne, .depthMultiplier, .int32, .int64])
  }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct BroadcastArgsTests {
  private func broadcast() throws -> BroadcastArgs {
    try BroadcastArgs(BroadcastArgs.builtins[0], options: OptionValues())
  }

  private static func signature(_ left: Int, _ right: Int, _ element: ElementType = .int32)
    -> Signature
  {
    Signature(
      inputs: [left, right].map { Operand(TensorType(element, Shape($0))) },
      outputs: [TensorType(element, Shape(max(left, right)))])
  }

  @Test func alignsAtTheLast() throws {
    #expect(try Codes.of(broadcast(), Self.signature(3, 2), [4, 1, 3], [5, 1]) == [4, 5, 3])
    #expect(try Codes.of(broadcast(), Self.signature(1, 2), [1], [5, 1]) == [5, 1])
    #expect(
      try broadcast().access(Self.accepted, output: 0).operands == [
        [.window(axis: 0)], [.window(axis: 0, offset: -1)],
      ])
  }

  @Test func takesLowWords() throws {
    let result = try Codes.result(
      of: broadcast(), Self.signature(1, 1, .int64),
      [Bytes(copying: [1 << 32 + 1] as [Int64]), Bytes(copying: [7] as [Int64])])
    #expect(result.elements(of: Int64.self) == [7])
  }

  static let accepted = signature(3, 2)

  static let refusals = [
    Refusal("int16", .unsupported, .operand(0)) { $0.inputs[0]?.type.element = .int16 },
    Refusal("two types", .invalid, .operand(1)) { $0.inputs[1]?.type.element = .int64 },
    Refusal("two axes", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape(1, 2) },
    Refusal("another shape", .invalid, .output(0)) { $0.outputs[0].shape = Shape(2) },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: broadcast(), Self.accepted)
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(
      BroadcastArgs.self, [.extentOne, .constantOperand, .unreadOperand, .int32, .int64])
  }
}

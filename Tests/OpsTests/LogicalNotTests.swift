import Ops
import Tensor
import TestSupport
import Testing

@Suite struct LogicalNotTests {
  private static let type = TensorType(.bool, Shape(3))
  private static let accepted = Signature(inputs: [Operand(type)], outputs: [type])

  private func logicalNot() throws -> LogicalNot {
    try LogicalNot(LogicalNot.builtins[0], options: OptionValues())
  }

  /// Any byte but 0 is true.
  @Test func inverts() throws {
    #expect(
      try Codes.result(of: logicalNot(), Self.accepted, [Bytes(copying: [0, 1, 2] as [UInt8])])
        .elements(of: UInt8.self) == [1, 0, 0])
  }

  @Test func refusesCodes() throws {
    var signature = Self.accepted
    signature.inputs[0]?.type.element = .int8
    #expect(try Codes.refusal(of: logicalNot(), signature)?.subject == .operand(0))
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(LogicalNot.self, .extents, [.bool]) }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct LogicalPairTests {
  @Test func combines() throws {
    let type = TensorType(.bool, Shape(2, 2))
    let signature = Signature(
      inputs: [Operand(TensorType(.bool, Shape(2, 1))), Operand(TensorType(.bool, Shape(2)))],
      outputs: [type])
    let operand = Bytes(copying: [0, 1] as [UInt8])
    for (name, expected) in [
      ("LOGICAL_AND", [0, 0, 0, 1] as [UInt8]), ("LOGICAL_OR", [0, 1, 1, 1]),
    ] {
      let builtin = try #require(LogicalPair.builtins.first { $0.name == name })
      let operation = try LogicalPair(builtin, options: OptionValues())
      #expect(
        try Codes.result(of: operation, signature, [operand, operand]).elements(of: UInt8.self)
          == expected)
    }
  }

  @Test func refusesCodes() throws {
    let type = Codes.type(Shape(2))
    let operation = try LogicalPair(LogicalPair.builtins[0], options: OptionValues())
    let signature = Signature(inputs: [Operand(type), Operand(type)], outputs: [type])
    #expect(Codes.refusal(of: operation, signature)?.kind == .unsupported)
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(LogicalPair.self, [.broadcast, .extentOne]) }
}

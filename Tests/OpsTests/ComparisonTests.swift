import Ops
import Tensor
import TestSupport
import Testing

@Suite struct ComparisonTests {
  private static let names = [
    "EQUAL", "NOT_EQUAL", "GREATER", "GREATER_EQUAL", "LESS", "LESS_EQUAL",
  ]

  private func operation(_ name: String) throws -> Comparison {
    let builtin = try #require(Comparison.builtins.first { $0.name == name })
    return try Comparison(builtin, options: OptionValues())
  }

  private static func signature(_ left: TensorType, _ right: TensorType) -> Signature {
    Signature(
      inputs: [Operand(left), Operand(right)], outputs: [TensorType(.bool, left.shape)])
  }

  private func results(
    _ name: String, _ signature: Signature, _ left: Bytes, _ right: Bytes
  ) throws -> [UInt8] {
    try Codes.result(of: operation(name), signature, [left, right]).elements(of: UInt8.self)
  }

  private static let expected: [String: [UInt8]] = [
    "EQUAL": [1, 0, 0], "NOT_EQUAL": [0, 1, 1], "GREATER": [0, 0, 1], "GREATER_EQUAL": [1, 0, 1],
    "LESS": [0, 1, 0], "LESS_EQUAL": [1, 1, 0],
  ]

  /// 4 * 0.25 and 2 * 0.5, 3 * 0.25 and 2 * 0.5, 5 * 0.25 and 2 * 0.5.
  @Test(arguments: names) func comparesAcrossScales(_ name: String) throws {
    let signature = Self.signature(
      Codes.type(Shape(3), scale: 0.25), Codes.type(Shape(1), scale: 0.5, zeroPoint: 1))
    #expect(
      try results(
        name, signature, ElementType.int8.bytes(of: [4, 3, 5]), Bytes(copying: [3 as Int8]))
        == Self.expected[name])
  }

  /// NaN is not equal to itself, and in no order.
  @Test(arguments: names) func comparesFloats(_ name: String) throws {
    let signature = Self.signature(Floats.type(Shape(4)), Floats.type(Shape(4)))
    #expect(
      try results(
        name, signature, Bytes(copying: [1, 1, 2, .nan] as [Float]),
        Bytes(copying: [1, 2, 1, .nan] as [Float]))
        == (Self.expected[name] ?? []) + [name == "NOT_EQUAL" ? 1 : 0])
  }

  @Test func comparesTruthValues() throws {
    let type = TensorType(.bool, Shape(3))
    let signature = Self.signature(type, type)
    let (left, right) = (
      Bytes(copying: [1, 0, 1] as [UInt8]), Bytes(copying: [1, 1, 0] as [UInt8])
    )
    #expect(try results("EQUAL", signature, left, right) == [1, 0, 0])
    #expect(try results("NOT_EQUAL", signature, left, right) == [0, 1, 1])
    #expect(try Codes.refusal(of: operation("LESS"), signature)?.kind == .unsupported)
  }

  @Test func refusesLargeScales() throws {
    let type = Codes.type(Shape(3))
    #expect(
      try Codes.refusal(of: operation("EQUAL"), Self.signature(type, type))?.subject == .operand(0))
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(Comparison.self, [.broadcast, .constantOperand, .uint8, .float32])
  }
}

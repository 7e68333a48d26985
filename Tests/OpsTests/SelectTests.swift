import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SelectTests {
  private func select(_ version: Int) throws -> Select {
    try Select(Select.builtins[version - 1], options: OptionValues())
  }

  private static func signature(_ condition: Shape, _ left: Shape, _ right: Shape) -> Signature {
    Signature(
      inputs: [
        Operand(TensorType(.bool, condition)), Operand(Codes.type(left)),
        Operand(Codes.type(right)),
      ], outputs: [Codes.type(Shape(2, 2))])
  }

  private func chosen(
    _ version: Int, _ signature: Signature, _ condition: [UInt8], _ left: [Int8], _ right: [Int8]
  ) throws -> [Int8] {
    try Codes.result(
      of: select(version), signature,
      [Bytes(copying: condition), Bytes(copying: left), Bytes(copying: right)]
    ).elements(of: Int8.self)
  }

  @Test(arguments: [1, 2]) func choosesElements(_ version: Int) throws {
    let shape = Shape(2, 2)
    #expect(
      try chosen(
        version, Self.signature(shape, shape, shape), [1, 0, 0, 1], [1, 2, 3, 4], [5, 6, 7, 8])
        == [1, 6, 7, 4])
  }

  /// A truth value for each row, in place of each column.
  @Test func choosesRows() throws {
    let (shape, row) = (Shape(2, 2), Shape(2))
    let signature = Self.signature(row, shape, shape)
    let operands: ([Int8], [Int8]) = ([1, 2, 3, 4], [5, 6, 7, 8])
    #expect(try chosen(1, signature, [1, 0], operands.0, operands.1) == [1, 2, 7, 8])
    #expect(try chosen(2, signature, [1, 0], operands.0, operands.1) == [1, 6, 3, 8])
  }

  @Test func broadcastsAll() throws {
    let signature = Self.signature(Shape(2, 1), Shape(2), Shape())
    #expect(try chosen(2, signature, [1, 0], [1, 2], [9]) == [1, 2, 9, 9])
    #expect(try Codes.refusal(of: select(1), signature)?.subject == .operand(2))
  }

  @Test func refusesOtherScales() throws {
    let shape = Shape(2, 2)
    var signature = Self.signature(shape, shape, shape)
    signature.inputs[1]?.type.quantization = Quantization(scale: 2, zeroPoint: 0)
    #expect(try Codes.refusal(of: select(2), signature)?.subject == .operand(1))
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(Select.self, [.extentOne, .constantOperand]) }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct NegTests {
  private func neg() throws -> Neg { try Neg(Neg.builtins[0], options: OptionValues()) }

  private static func signature(_ type: TensorType) -> Signature {
    Signature(inputs: [Operand(type)], outputs: [type])
  }

  /// Codes are numbers: the zero point is not looked at.
  ///
  /// The lowest one wraps.
  @Test func negatesCodes() throws {
    for element in [.int8, .int16] as [ElementType] {
      let type = Codes.type(Shape(4), scale: 0.5, zeroPoint: 3, element: element)
      let lowest = element == .int8 ? -128 : -32768 as Int32
      #expect(
        try Codes.of(neg(), Self.signature(type), [5, -7, 0, lowest]) == [-5, 7, 0, lowest])
    }
  }

  @Test func negatesIntegersAndFloats() throws {
    let words = Self.signature(TensorType(.int32, Shape(2)))
    #expect(try Codes.of(neg(), words, [.min, 9]) == [.min, -9])
    let long = Self.signature(TensorType(.int64, Shape(2)))
    #expect(
      try Codes.result(of: neg(), long, [Bytes(copying: [1 << 40, -2] as [Int64])])
        .elements(of: Int64.self) == [-1 << 40, 2])
    let floats = Self.signature(Floats.type(Shape(2)))
    #expect(try Floats.of(neg(), floats, [1.5, -.infinity]) == [-1.5, .infinity])
  }

  @Test func refusesOtherTypes() throws {
    var signature = Self.signature(TensorType(.bool, Shape(2)))
    #expect(try Codes.refusal(of: neg(), signature)?.subject == .operand(0))
    signature = Self.signature(TensorType(.int32, Shape(2)))
    signature.outputs[0].element = .int64
    #expect(try Codes.refusal(of: neg(), signature)?.subject == .output(0))
  }

  @Test func drawsEdges() {
    GeneratorCoverage.expect(Neg.self, .extents, [.float32, .int16, .int32, .int64])
  }
}

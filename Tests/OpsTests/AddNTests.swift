import Ops
import Tensor
import TestSupport
import Testing

@Suite struct AddNTests {
  private func add() throws -> AddN { try AddN(AddN.builtins[0], options: OptionValues()) }

  private static func signature(_ type: TensorType, _ output: TensorType? = nil) -> Signature {
    Signature(
      inputs: [Operand(type), Operand(type), Operand(type)], outputs: [output ?? type])
  }

  /// 1 + 2 + 3 in halves is 3; around a zero point of 4 the sum starts from -4 steps.
  @Test func addsCodes() throws {
    let (type, output) = (Codes.type(Shape(1), scale: 0.5), Codes.type(Shape(1)))
    #expect(try Codes.of(add(), Self.signature(type, output), [1], [2], [3]) == [3])
    let shifted = Codes.type(Shape(1), scale: 0.5, zeroPoint: 4)
    #expect(try Codes.of(add(), Self.signature(shifted, output), [5], [6], [7]) == [1])
  }

  @Test func wraps() throws {
    let signature = Self.signature(TensorType(.int32, Shape(1)))
    #expect(try Codes.of(add(), signature, [.max], [1], [1]) == [.min + 1])
  }

  /// One reference keeps sums finite, and the sign of a sum of zeros.
  @Test func addsFloatsByProfile() throws {
    let signature = Self.signature(Floats.type(Shape(2)))
    let operands = [[.infinity, -0.0], [1, -0.0], [1, -0.0]].map { Bytes(copying: $0 as [Float]) }
    func sums(_ profile: Profile) throws -> [UInt32] {
      try Codes.result(of: add(), signature, operands, profile: profile)
        .elements(of: Float.self).map(\.bitPattern)
    }
    #expect(try sums(.tflm) == [Float.infinity.bitPattern, 0])
    #expect(
      try sums(.litert)
        == [Float.greatestFiniteMagnitude.bitPattern, (-Float.zero).bitPattern])
  }

  @Test func refusesOtherScales() throws {
    var signature = Self.signature(Codes.type(Shape(1)))
    signature.inputs[2]?.type.quantization = Quantization(scale: 2, zeroPoint: 0)
    #expect(try Codes.refusal(of: add(), signature)?.subject == .operand(2))
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(AddN.self, [.extentOne, .constantOperand]) }
}

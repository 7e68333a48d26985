import Ops
import Tensor
import TestSupport
import Testing

@Suite struct SignTests {
  private func sign() throws -> Sign { try Sign(Sign.builtins[0], options: OptionValues()) }

  @Test func tellsSigns() throws {
    let floats = Floats.type(Shape(4))
    let found = try Floats.of(
      sign(), Signature(inputs: [Operand(floats)], outputs: [floats]), [-2, 0, 0x1p-140, .nan])
    #expect(found.dropLast() == [-1, 0, 1])
    #expect(found[3].isNaN)
    let words = TensorType(.int32, Shape(3))
    #expect(
      try Codes.of(
        sign(), Signature(inputs: [Operand(words)], outputs: [words]), [.min, 0, 7]) == [-1, 0, 1])
  }

  @Test func asksForTheVersionOfIntegers() throws {
    let words = TensorType(.int32, Shape(3))
    #expect(try sign().version(Signature(inputs: [Operand(words)], outputs: [words])) == 2)
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(Sign.self, .extents, [.float32, .int32]) }
}

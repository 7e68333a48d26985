import Ops
import Tensor
import TestSupport
import Testing

@Suite struct FloatFunctionTests {
  private func function(_ name: String, _ numbers: [Float]) throws -> [Float] {
    let builtin = try #require(FloatFunction.builtins.first { $0.name == name })
    let type = Floats.type(Shape(numbers.count))
    return try Floats.of(
      FloatFunction(builtin, options: OptionValues()),
      Signature(inputs: [Operand(type)], outputs: [type]), numbers)
  }

  @Test func computes() throws {
    #expect(try function("SIN", [0, .pi / 2]) == [0, 1])
    #expect(try function("COS", [0, .pi]) == [1, -1])
    #expect(try function("SQUARE", [-3, 0.5, -.infinity]) == [9, 0.25, .infinity])
  }

  @Test func refusesCodes() throws {
    let type = Codes.type(Shape(2))
    let operation = try FloatFunction(FloatFunction.builtins[0], options: OptionValues())
    let error = Codes.refusal(
      of: operation, Signature(inputs: [Operand(type)], outputs: [type]))
    #expect(error?.subject == .operand(0))
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(FloatFunction.self, .extents, [.float32]) }
}

import Ops
import Tensor
import TestSupport
import Testing

@Suite struct FloorTests {
  private func rounded(_ name: String, _ numbers: [Float]) throws -> [Float] {
    let builtin = try #require(Floor.builtins.first { $0.name == name })
    let type = Floats.type(Shape(numbers.count))
    return try Floats.of(
      Floor(builtin, options: OptionValues()),
      Signature(inputs: [Operand(type)], outputs: [type]), numbers)
  }

  @Test func rounds() throws {
    #expect(try rounded("FLOOR", [1.5, -1.5, 2, -.infinity]) == [1, -2, 2, -.infinity])
    #expect(try rounded("CEIL", [1.5, -1.5, 2, .infinity]) == [2, -1, 2, .infinity])
    #expect(try rounded("ROUND", [0.5, 1.5, 2.5, -0.5, -1.5, 1.25]) == [0, 2, 2, 0, -2, 1])
  }

  /// A number between -1 and 0 is rounded up to 0 by adding 1 to -1, which has no sign.
  @Test func zerosHaveTheSignOfTheReference() throws {
    let zeros = try rounded("ROUND", [-0.25, -0.0]) + rounded("CEIL", [-0.25])
    #expect(zeros.map(\.sign) == [.plus, .minus, .minus])
  }

  @Test func refusesCodes() throws {
    let type = Codes.type(Shape(2))
    let operation = try Floor(Floor.builtins[0], options: OptionValues())
    let error = Codes.refusal(
      of: operation, Signature(inputs: [Operand(type)], outputs: [type]))
    #expect(error?.subject == .operand(0))
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(Floor.self, .extents, [.float32]) }
}

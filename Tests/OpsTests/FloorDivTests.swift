import Ops
import Tensor
import TestSupport
import Testing

@Suite struct FloorDivTests {
  private func operation(_ name: String) throws -> FloorDiv {
    let builtin = try #require(FloorDiv.builtins.first { $0.name == name })
    return try FloorDiv(builtin, options: OptionValues())
  }

  private static func signature(_ type: TensorType) -> Signature {
    Signature(inputs: [Operand(type), Operand(type)], outputs: [type])
  }

  /// Down, and a remainder with the sign of the divisor.
  @Test func dividesIntegers() throws {
    let signature = Self.signature(TensorType(.int8, Shape(5)))
    let (left, right): ([Int32], [Int32]) = ([7, -7, 7, -7, -128], [2, 2, -2, -2, -1])
    #expect(try Codes.of(operation("FLOOR_DIV"), signature, left, right) == [3, -4, -4, 3, -128])
    #expect(try Codes.of(operation("FLOOR_MOD"), signature, left, right) == [1, 1, -1, -1, 0])
  }

  @Test func dividesFloats() throws {
    let signature = Self.signature(Floats.type(Shape(3)))
    let (left, right): ([Float], [Float]) = ([7.5, -7.5, 1], [2, 2, -0.75])
    #expect(try Floats.of(operation("FLOOR_DIV"), signature, left, right) == [3, -4, -2])
    #expect(try Floats.of(operation("FLOOR_MOD"), signature, left, right) == [1.5, 0.5, -0.5])
  }

  @Test func refusesQuotientsOfWideIntegers() throws {
    let signature = Self.signature(TensorType(.int64, Shape(3)))
    #expect(try Codes.refusal(of: operation("FLOOR_DIV"), signature)?.kind == .unsupported)
    #expect(try Codes.refusal(of: operation("FLOOR_MOD"), signature) == nil)
  }

  @Test func drawsEdges() { GeneratorCoverage.expect(FloorDiv.self, [.broadcast, .extentOne]) }
}

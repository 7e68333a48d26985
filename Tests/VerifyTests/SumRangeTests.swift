import Graph
import Ops
import Tensor
import TestSupport
import Testing
import Verify

@Suite struct SumRangeTests {
  /// A convolution of one pixel from `channels` channels, all weights 127, around a zero point.
  private func convolution(channels: Int, zeroPoint: Int32) throws -> Graph {
    let operation = try Conv2D(
      Conv2D.builtins[0], options: OptionValues([0: .int8(1), 1: .int32(1), 2: .int32(1)]))
    let weights = [Int32](repeating: 127, count: channels)
    return try Graph(
      tensors: [
        GraphTensor(
          name: "in",
          type: TensorType(
            .int8, Shape(1, 1, 1, channels), Quantization(scale: 1, zeroPoint: zeroPoint)),
          constant: nil),
        GraphTensor(
          name: "weights",
          type: TensorType(
            .int8, Shape(1, 1, 1, channels), Quantization(scale: 0.01, zeroPoint: 0)),
          constant: ElementType.int8.bytes(of: weights)),
        GraphTensor(
          name: "out",
          type: TensorType(.int8, Shape(1, 1, 1, 1), Quantization(scale: 1, zeroPoint: 0)),
          constant: nil),
      ], nodes: [(operation: operation, inputs: [0, 1], outputs: [2])], inputs: [0], outputs: [2],
      modelHash: "built")
  }

  /// Codes from -128 to 127 less -28 are -100 to 155; 127 of each of three.
  @Test func addsTheEndsOfTheCodes() throws {
    let ranges = SumRange.all(in: try convolution(channels: 3, zeroPoint: -28))
    #expect(ranges.count == 1)
    #expect(ranges[0].sums == -3 * 100 * 127...3 * 155 * 127)
    #expect(!ranges[0].mayWrap)
  }

  /// 255 * 127 = 32,385, and 66,312 of them pass 2^31 - 1 = 2,147,483,647; 66,311 do not.
  @Test func findsWhereSumsMayWrap() throws {
    #expect(!SumRange.all(in: try convolution(channels: 66_311, zeroPoint: -128))[0].mayWrap)
    #expect(SumRange.all(in: try convolution(channels: 66_312, zeroPoint: -128))[0].mayWrap)
  }

  /// No fixture's sums may wrap, and every operator that sums codes has a range.
  @Test(arguments: Fixtures.names) func fixturesDoNotWrap(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    let ranges = SumRange.all(in: graph)
    #expect(ranges.allSatisfy { !$0.mayWrap })
    #expect(ranges.map(\.op) == graph.nodes.indices.filter { graph.nodes[$0].sumElement == .int32 })
  }
}

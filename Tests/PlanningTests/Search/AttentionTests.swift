import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing
import Verify

/// Attention: keys times queries, a softmax of each row, and the rows times values.
@Suite struct AttentionTests {
  private static func type(_ extents: Int..., scale: Float, zeroPoint: Int32 = 0) -> TensorType {
    TensorType(
      .int8, Shape(checking: extents) ?? Shape(1), Quantization(scale: scale, zeroPoint: zeroPoint))
  }

  /// `heads` heads of `rows` queries and as many keys and values, of `depth` numbers.
  private static func attention(heads: Int, rows: Int, depth: Int) throws -> Graph {
    let product = BatchMatMul.self
    let tensors = [
      GraphTensor(name: "queries", type: type(heads, rows, depth, scale: 0.02)),
      GraphTensor(name: "keys", type: type(heads, rows, depth, scale: 0.02)),
      GraphTensor(name: "values", type: type(heads, rows, depth, scale: 0.05)),
      GraphTensor(name: "scores", type: type(heads, rows, rows, scale: 0.1)),
      GraphTensor(
        name: "weights", type: type(heads, rows, rows, scale: 1 / 256, zeroPoint: -128)),
      GraphTensor(name: "result", type: type(heads, rows, depth, scale: 0.05)),
    ]
    return try Graph(
      tensors: tensors,
      nodes: [
        (
          operation: try product.init(
            product.builtins[0], options: OptionValues([1: .bool(true)])), inputs: [0, 1],
          outputs: [3]
        ),
        (
          operation: try Softmax(Softmax.builtins[0], options: OptionValues([0: .float32(1)])),
          inputs: [3], outputs: [4]
        ),
        (
          operation: try product.init(product.builtins[0], options: OptionValues()),
          inputs: [4, 2], outputs: [5]
        ),
      ], inputs: [0, 1, 2], outputs: [5], modelHash: "attention")
  }

  /// A tile of rows needs no other rows of the scores: the square matrices are never whole, and nothing is
  /// computed twice.
  @Test func tilesByRows() throws {
    let graph = try Self.attention(heads: 2, rows: 64, depth: 16)
    let whole = TilingLowering.untiled(graph, profile: .tflm)
    let search = FrontierSearch(graph, profile: .tflm, options: SearchOptions())
    let best = try #require(search.frontier().points.filter { $0.macs <= graph.macs }.last)
    #expect(best.peakInBytes < whole.peakInBytes * 2 / 3)
  }
}

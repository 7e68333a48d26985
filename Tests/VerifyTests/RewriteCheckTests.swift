import Graph
import Ops
import Tensor
import TestSupport
import Testing
import Verify

/// Networks compared with other networks.
@Suite struct RewriteCheckTests {
  private func compare(_ rewritten: Graph, _ original: Graph) throws -> RewriteCheck.Report {
    try RewriteCheck.compare(
      rewritten, with: original, profile: .tflm,
      on: Sample.standard(for: original, random: 2, seed: 3), seed: 5)
  }

  @Test(arguments: Fixtures.names) func aNetworkIsItself(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    #expect(try compare(graph, graph).verdict == .equivalent)
  }

  /// A convolution of one pixel, with a weight and a bias per channel.
  private func convolution(
    weights: [Int32], bias: [Int32] = [3, -7], zeroPoint: Int32 = 2,
    activation: Activation = .none
  ) throws -> Graph {
    let operation = try Conv2D(
      Conv2D.builtins[0],
      options: OptionValues([
        0: .int8(1), 1: .int32(1), 2: .int32(1), 3: .int8(activation.rawValue),
      ]))
    let codes = Quantization(scale: 0.5, zeroPoint: 1)
    return try Graph(
      tensors: [
        GraphTensor(name: "in", type: TensorType(.int8, Shape(1, 2, 2, 2), codes), constant: nil),
        GraphTensor(
          name: "weights",
          type: TensorType(
            .int8, Shape(2, 1, 1, 2), Quantization(scale: 0.01, zeroPoint: 0)),
          constant: ElementType.int8.bytes(of: weights)),
        GraphTensor(
          name: "bias", type: TensorType(.int32, Shape(2)), constant: Bytes(copying: bias)),
        GraphTensor(
          name: "out",
          type: TensorType(
            .int8, Shape(1, 2, 2, 2), Quantization(scale: 0.25, zeroPoint: zeroPoint)),
          constant: nil),
      ], nodes: [(operation: operation, inputs: [0, 1, 2], outputs: [3])], inputs: [0],
      outputs: [3], modelHash: "built")
  }

  /// Fingerprints tell apart what no sample need show: each parameter counts.
  @Test func everyParameterCounts() throws {
    let original = try convolution(weights: [1, 2, 3, 4])
    #expect(try compare(convolution(weights: [1, 2, 3, 4]), original).verdict == .equivalent)
    let others = [
      try convolution(weights: [1, 2, 3, 5]),
      try convolution(weights: [2, 1, 3, 4]),
      try convolution(weights: [3, 4, 1, 2]),
      try convolution(weights: [1, 2, 3, 4], bias: [3, -6]),
      try convolution(weights: [1, 2, 3, 4], activation: .relu6),
    ]
    for (index, other) in others.enumerated() {
      let report = try compare(other, original)
      #expect(!report.symbolic.isEqual, "\(index)")
      #expect(report.verdict != .equivalent, "\(index)")
    }
  }

  @Test func aDifferenceNamesOutputAndCoordinate() throws {
    let report = try compare(
      convolution(weights: [1, 2, 3, 4], bias: [3000, -7]), convolution(weights: [1, 2, 3, 4]))
    let difference = try #require(report.witness?.difference)
    #expect(difference.output == 0)
    #expect(difference.coordinate == [0, 0, 0, 0])
    #expect(difference.count == 4, "channel 0 of four pixels")
    #expect(report.verdict == .different(.output(difference)))
  }

  /// Another zero point of the result is another interface.
  @Test func otherInterfacesAreRefused() throws {
    let original = try convolution(weights: [1, 2, 3, 4])
    #expect(throws: InterfaceMismatch.self) {
      try compare(convolution(weights: [1, 2, 3, 4], zeroPoint: 3), original)
    }
    #expect(throws: InterfaceMismatch.self) {
      try compare(GraphFixture.graph("residual_block"), original)
    }
  }
}

import Graph
import Ops
import Tensor
import TestSupport
import Testing
import Verify

/// The networks' kernels against real numbers.
@Suite struct OracleCheckTests {
  @Test(arguments: Fixtures.names) func kernelsDoWhatTheirOperatorsSay(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    for profile in Profile.all {
      for sample in Sample.standard(for: graph, random: 2, seed: 3) {
        let oracle = try oracle(of: graph, profile, sample)
        #expect(oracle.sample == sample.name)
        #expect(oracle.results.count == graph.nodes.flatMap(\.outputs).count)
        #expect(oracle.beyondBound == [])
      }
    }
  }

  /// Plan, network, fingerprints and shadow agree about a kernel that is wrong everywhere.
  @Test func aKernelThatIsWrongThroughout() throws {
    let graph = try FaultyConvolution.graph(
      GraphFixture.graph("residual_block"), op: 1, .addsTwice)
    let report = try Verifier.verify(
      PlanBinding(BlockPlans.line(graph), to: graph),
      on: Sample.standard(for: graph, random: 1, seed: 0), seed: 0)
    let beyond = try #require(report.oracle?.beyondBound)
    #expect(beyond.map(\.op) == [1])
    #expect(report.verdict == .inconclusive([.beyondErrorBound(beyond)]))
    #expect(report.symbolic?.isEqual == true)
    #expect(report.oracle?.nearestToBound == beyond[0])
  }

  /// Floats are rounded to 24 bits, codes of this network's range to less than 8.
  @Test(arguments: [("magic_wand", 100.0...200), ("keyword_spotter", 0.0...60)])
  func noiseIsThatOfTheNumbers(_ name: String, _ decibels: ClosedRange<Double>) throws {
    let graph = try GraphFixture.graph(name)
    let sample = Sample.standard(for: graph, random: 1, seed: 1)[3]
    let rounding = try oracle(of: graph, .tflm, sample).rounding
    #expect(rounding.count == graph.nodes.count)
    let first = try #require(rounding.first)
    #expect(decibels.contains(first.sqnr) && first.largest > 0, "\(first)")
    #expect(rounding.count(where: \.isOutput) == 1)
  }

  /// Tokens that no integer holds, and floats that are no numbers: there is no distance to judge.
  @Test(arguments: ["text_classifier", "magic_wand"], [Float.nan, .infinity, -.infinity, 1e30])
  func whatIsNoNumberIsNotJudged(_ name: String, _ number: Float) throws {
    let graph = try GraphFixture.graph(name)
    let count = graph.tensors[graph.inputs[0]].type.shape.count
    let sample = Sample(
      name: "\(number)", inputs: [Bytes(copying: [Float](repeating: number, count: count))])
    #expect(try oracle(of: graph, .tflm, sample).beyondBound == [])
  }

  /// Detection approximates no function: nothing is said of its results.
  @Test func whatApproximatesNothingIsLeftOut() throws {
    var generator = SplitMix64(seed: 1)
    let example = DetectionPostprocess.random(using: &generator)
    let operands = example.signature.inputs.compactMap(\.self).map {
      GraphTensor(name: "operand", type: $0.type, constant: $0.constant)
    }
    let graph = try Graph(
      tensors: operands + example.signature.outputs.map { GraphTensor(name: "result", type: $0) },
      nodes: [(example.operation, [0, 1, 2], [3, 4, 5, 6])], inputs: [0, 1],
      outputs: [3, 4, 5, 6], modelHash: "hash")
    let report = try Verifier.verify(
      PlanBinding(Plan.identity(graph, profile: .tflm), to: graph),
      on: Sample.standard(for: graph, random: 3, seed: 1), seed: 0)
    #expect(report.verdict == .equivalent)
    let oracle = try #require(report.oracle)
    #expect(oracle.results.isEmpty && oracle.rounding.isEmpty)
  }

  private func oracle(of graph: Graph, _ profile: Profile, _ sample: Sample) throws -> OracleCheck {
    let binding = try PlanBinding(Plan.identity(graph, profile: profile), to: graph)
    return try #require(try Verifier.verify(binding, on: [sample], seed: 0).oracle)
  }
}

import Fuzz
import Graph
import TestSupport
import Testing

/// The tiler that comes as an example, with and without the mistake that is planted in it.
@Suite struct RowTilerTests {
  /// Draws small networks, many of whose convolutions and pools follow each other.
  private static func graph(seed: UInt64) throws -> Graph {
    let options = try GenerationOptions(
      operators: ["CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "ADD"], operatorCount: 2...4,
      largestExtent: 8)
    return GraphGenerator(options).graph(seed: seed)
  }

  private static func judge(_ flags: String = "") throws -> TilerJudge {
    let tool = try BuiltProduct.path("row-tiler")
    return TilerJudge(
      try TilerCommand("'\(tool)' {model} {out} \(flags)", secondsLimit: 60), samples: 0)
  }

  @Test(arguments: Budget.blocks(of: 25, draws: 100)) func isSound(seeds: Range<UInt64>) throws {
    let judge = try Self.judge()
    var tiled = 0
    for seed in seeds {
      let graph = try Self.graph(seed: seed)
      let outcome = try judge.outcome(of: graph, seed: seed)
      #expect(
        outcome.verdict == .sound, "\(Budget.replay(seed, suite: "RowTilerTests")): \(graph.nodes)")
      if case .plan(let plan)? = outcome.program, plan.steps.count > graph.nodes.count {
        tiled += 1
      }
    }
    #expect(tiled > 0 || Budget.isWidened)
  }

  @Test func isFoundWhereItForgetsTheDilation() throws {
    let judge = try Self.judge("--forget-dilation")
    for seed in 1..<UInt64(1_000) {
      let graph = try Self.graph(seed: seed)
      guard let failure = try judge.outcome(of: graph, seed: seed).failure else { continue }
      #expect(failure.kind == .finding, "\(failure.message)")
      let smallest = try Shrinker(tries: 100).shrink(FuzzCase(graph)) {
        try judge.outcome(of: $0.graph, seed: seed).failure?.kind == failure.kind
      }
      #expect(smallest.graph.nodes.count <= 3, "seed \(seed)")
      #expect(try judge.outcome(of: smallest.graph, seed: seed).failure?.kind == .finding)
      #expect(try Self.judge().outcome(of: smallest.graph, seed: seed).verdict == .sound)
      return
    }
    Issue.record("expected a finding within 1,000 networks, found none")
  }
}

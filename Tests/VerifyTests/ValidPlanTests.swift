import Fuzz
import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing
import Verify

/// Plans that are right are never refuted.
@Suite struct ValidPlanTests {
  @Test(arguments: Fixtures.names) func theIdentity(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    for profile in Profile.all {
      try expectEquivalent(Plan.identity(graph, profile: profile), graph, 0)
      try expectEquivalent(TilingLowering.untiled(graph, profile: profile), graph, 0)
    }
  }

  /// Each reaches its planned peak, and needs no other order of floats.
  @Test(arguments: Fixtures.names) func aGroupOfEachMode(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    for group in try #require(FixtureTilings.byName[name]).all {
      let plan = try TilingLowering.plan(
        Tiling(modelHash: graph.modelHash, groups: [group]), for: graph, profile: .tflm)
      #expect(plan.steps.count > graph.nodes.count)
      try expectEquivalent(plan, graph, 1)
    }
  }

  @Test(arguments: Budget.blocks()) func tilingsOfTheResidualBlock(
    _ seeds: Range<UInt64>
  ) throws {
    let graph = try GraphFixture.graph("residual_block")
    for seed in seeds { try expectEquivalent(tilingOf: graph, seed) }
  }

  @Test(arguments: Budget.blocks(of: 20)) func tilingsOfTheKeywordSpotter(
    _ seeds: Range<UInt64>
  ) throws {
    let graph = try GraphFixture.graph("keyword_spotter")
    for seed in seeds where seed % 5 == 0 { try expectEquivalent(tilingOf: graph, seed) }
  }

  @Test(arguments: Budget.blocks()) func tilingsOfRandomNetworks(
    _ seeds: Range<UInt64>
  ) throws {
    for seed in seeds {
      var generator = SplitMix64(seed: ~seed)
      for _ in 0..<2 {
        try expectEquivalent(tilingOf: GraphRandom.graph(using: &generator), seed)
      }
    }
  }

  private func expectEquivalent(tilingOf graph: Graph, _ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    try expectEquivalent(
      PlanDraw().recipe(of: graph, using: &generator).plan(of: graph), graph, seed)
  }

  private func expectEquivalent(_ plan: Plan, _ graph: Graph, _ seed: UInt64) throws {
    let report = try Verifier.verify(
      PlanBinding(plan, to: graph), on: [Sample.standard(for: graph, random: 1, seed: seed)[3]],
      seed: seed)
    let message = "\(Budget.replay(seed, suite: "ValidPlanTests"))\n\(plan.json)"
    #expect(report.verdict == .equivalent, "\(message)")
    #expect(report.symbolic?.isEqual == true, "\(message)")
    #expect(report.differential?.measuredPeakInBytes == plan.peakInBytes, "\(message)")
  }
}

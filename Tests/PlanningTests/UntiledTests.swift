import Graph
import Ops
import Planning
import TestSupport
import Testing
import Verify

@Suite struct UntiledTests {
  @Test(arguments: [("keyword_spotter", 16_000), ("residual_block", 4_608)])
  func peakOfTheUntiledProgram(_ name: String, _ peak: Int) throws {
    let graph = try GraphFixture.graph(name)
    let plan = TilingLowering.untiled(graph, profile: .tflm)
    #expect(plan.peakInBytes == peak)
    #expect(plan.steps.map(\.op) == Array(graph.nodes.indices))
    let binding = try PlanBinding(plan, to: graph)
    let report = try Verifier.verify(
      binding, on: Sample.standard(for: graph, random: 0, seed: 0), seed: 0)
    #expect(report.verdict == .equivalent)
    #expect(report.differential?.macs == graph.macs)
    #expect(MemoryProfile(binding).liveBytes.max() == peak, "no layout can be lower")
  }

  @Test func noGroupsAreTheUntiledProgram() throws {
    let graph = try GraphFixture.graph("residual_block")
    for profile in Profile.all {
      let plan = try TilingLowering.plan(
        Tiling(modelHash: graph.modelHash, groups: []), for: graph, profile: profile)
      #expect(plan == TilingLowering.untiled(graph, profile: profile))
      #expect(plan.profile == profile.name)
    }
  }

  @Test(arguments: [1, 4, 16, 64, 1024]) func offsetsAreAligned(_ alignment: Int) throws {
    let graph = try GraphFixture.graph("keyword_spotter")
    let plan = TilingLowering.untiled(
      graph, profile: .tflm, options: PlanningOptions(alignment: alignment))
    #expect(plan.alignment == alignment)
    #expect(plan.buffers.allSatisfy { $0.offset % alignment == 0 })
    #expect(OwnershipWalk.findings(in: try PlanBinding(plan, to: graph)) == [])
  }

  /// Pooling that adds each row as it is made keeps a network's widest tensors to a few rows.
  @Test func aLineBufferedKeywordSpotterIsSmall() throws {
    let graph = try GraphFixture.graph("keyword_spotter")
    let group = LoweringCase.line(0...9, width: [0, 1, 2, 3, 4, 5])
    let plan = try TilingLowering.plan(
      Tiling(modelHash: graph.modelHash, groups: [group]), for: graph, profile: .tflm)
    #expect(plan.peakInBytes <= 5200)
    let report = try Verifier.verify(
      PlanBinding(plan, to: graph), on: Sample.standard(for: graph, random: 1, seed: 0), seed: 0)
    #expect(report.verdict == .equivalent)
    #expect(report.differential?.measuredPeakInBytes == plan.peakInBytes)
    #expect(report.differential?.macs == 2_656_768)
  }

  @Test func theSearchFindsIt() throws {
    let graph = try GraphFixture.graph("keyword_spotter")
    let best = FrontierSearch(
      graph, profile: .tflm, options: SearchOptions(largestOverhead: 0)
    ).frontier().least
    #expect(best.plan.peakInBytes <= 5200)
    #expect(best.macs == 2_656_768)
    let lowered = try TilingLowering.plan(best.tiling, for: graph, profile: .tflm)
    #expect(lowered.peakInBytes <= best.peakInBytes)
  }
}

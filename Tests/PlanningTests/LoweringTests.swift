import Graph
import Ops
import Planning
import TestSupport
import Testing
import Verify

@Suite struct LoweringTests {
  @Test(arguments: LoweringCase.recomputeCases) func recompute(_ test: LoweringCase) throws {
    try expectSameProgram(test)
  }

  @Test(arguments: LoweringCase.lineCases) func line(_ test: LoweringCase) throws {
    try expectSameProgram(test)
  }

  @Test(arguments: LoweringCase.channelCases) func channels(_ test: LoweringCase) throws {
    try expectSameProgram(test)
  }

  @Test(arguments: LoweringCase.nestedCases) func nested(_ test: LoweringCase) throws {
    try expectSameProgram(test)
  }

  /// By hand: the first tile reads 9 rows of the sum and 10 of the first convolution, the second 8
  /// and 9, where 16 would do.
  @Test func theHaloCosts() {
    let tiled = HaloCount("residual_block").tiled([0, 1, 2, 3], height: [0, 4, 8], width: nil)
    #expect(tiled == 12 * 8 * 72 * (19 + 17) + 8 * 6 * 8 * 9)
  }

  @Test func theCountOfWholeOperatorsIsTheNetworks() throws {
    for name in HaloCount.models {
      let graph = try GraphFixture.graph(name)
      let count = HaloCount(name)
      #expect(count.layers.count == graph.nodes.count)
      for op in graph.nodes.indices { #expect(count.whole(op) == graph.macs(of: op)) }
    }
  }

  @Test func loweringIsRepeatable() throws {
    for test in LoweringCase.lineCases + LoweringCase.nestedCases {
      #expect(try plan(of: test) == plan(of: test), "\(test.testDescription)")
    }
  }

  private func plan(of test: LoweringCase) throws -> Plan {
    let graph = try GraphFixture.graph(test.model)
    return try TilingLowering.plan(
      Tiling(modelHash: graph.modelHash, groups: test.groups), for: graph, profile: .tflm)
  }

  private func expectSameProgram(_ test: LoweringCase) throws {
    let graph = try GraphFixture.graph(test.model)
    let binding = try PlanBinding(plan(of: test), to: graph)
    let samples = Sample.standard(for: graph, random: 1, seed: 5)
    let report = try Verifier.verify(binding, on: [samples[3], samples[1]], seed: 0)
    #expect(report.findings == [])
    #expect(report.verdict == .equivalent)
    let result = try #require(report.differential)
    #expect(result.measuredPeakInBytes == binding.plan.peakInBytes)
    #expect(result.referenceMACs == graph.macs)
    #expect(result.macs == expectedMACs(test))
  }

  private func expectedMACs(_ test: LoweringCase) -> Int {
    let count = HaloCount(test.model)
    let fused = test.groups.flatMap(\.ops)
    let rest = count.layers.indices.filter { !fused.contains($0) }.reduce(0) {
      $0 + count.whole($1)
    }
    switch test.cost {
    case .untiled: return count.layers.indices.reduce(0) { $0 + count.whole($1) }
    case .halo:
      return rest
        + test.groups.reduce(0) {
          $0 + count.tiled($1.ops, height: $1.cuts.height, width: $1.cuts.width)
        }
    }
  }
}

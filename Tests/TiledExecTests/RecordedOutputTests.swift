import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing
import TiledExec

/// Every plan of a fixture computes what the reference implementations recorded.
@Suite struct RecordedOutputTests {
  @Test(arguments: Fixtures.names, Profile.all.map(\.name))
  func plansComputeTheRecordedOutputs(_ name: String, _ profileName: String) throws {
    let graph = try GraphFixture.graph(name)
    let profile = try #require(Profile.named(profileName))
    let cases = try GraphRecording.cases(of: name, profile: profileName)
    #expect(cases.count == 4)
    let groups = try #require(FixtureTilings.byName[name]).all
    let plans =
      [Plan.identity(graph, profile: profile), TilingLowering.untiled(graph, profile: profile)]
      + (try groups.map {
        try TilingLowering.plan(
          Tiling(modelHash: graph.modelHash, groups: [$0]), for: graph, profile: profile)
      })
    let network = try NetworkExecutor(graph, profile: profile, isGuarded: true)
    for recorded in cases {
      #expect(try network.run(recorded.inputs) == recorded.outputs, "\(recorded.name)")
    }
    for plan in plans {
      let executor = try Executor(PlanBinding(plan, to: graph))
      for recorded in cases {
        let execution = try executor.run(recorded.inputs)
        #expect(execution.outputs == recorded.outputs, "\(recorded.name)")
        #expect(execution.macsByOperator.count == graph.nodes.count)
      }
    }
  }

  @Test(arguments: Fixtures.names) func theIdentityCountsEveryOperator(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    let recorded = try #require(try GraphRecording.cases(of: name, profile: "tflm").first)
    let execution = try Executor(
      PlanBinding(Plan.identity(graph, profile: .tflm), to: graph)
    ).run(recorded.inputs)
    #expect(execution.macsByOperator == graph.nodes.indices.map { graph.macs(of: $0) })
    #expect(execution.macs == graph.macs)
  }
}

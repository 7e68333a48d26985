import Graph
import TestSupport
import Testing
import Verify

/// Plans made wrong on purpose are refuted, each by just what is wrong.
@Suite struct FaultTests {
  @Test(arguments: FaultCase.tiles + FaultCase.slices + FaultCase.lines)
  func everyFaultIsFound(_ test: FaultCase) throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = test.base(graph)
    try test.edit(&plan)
    let binding = try PlanBinding(plan, to: graph)
    let findings = OwnershipWalk.findings(in: binding)
    #expect(findings == test.findings, "\(findings.map(\.description))")

    let samples = Sample.standard(for: graph, random: 1, seed: 2)
    guard !test.findings.isEmpty else {
      #expect(try Verifier.verify(binding, on: samples, seed: 0).verdict == .equivalent)
      return
    }
    let report = try Verifier.verify(binding, on: samples, seed: 0)
    #expect(report.verdict == .different(.findings(test.findings)))
    #expect(report.differential == nil, "a plan with findings is not run")
  }
}

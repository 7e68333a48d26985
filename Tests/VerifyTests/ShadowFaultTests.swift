import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec
import Verify

/// What the ownership walk derives from the tiling rule, the shadow arena sees the kernels do.
@Suite struct ShadowFaultTests {
  @Test(arguments: FaultCase.tiles + FaultCase.slices + FaultCase.lines)
  func whatIsReadAndIsNotThere(_ test: FaultCase) throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = test.base(graph)
    try test.edit(&plan)
    // What lies on an operand of its own step depends on the kernel's order.
    let overwrites = test.findings.contains {
      if case .overwritesOperand = $0 { true } else { false }
    }
    guard !overwrites, let executor = try? Executor(PlanBinding(plan, to: graph)) else { return }
    let sample = Sample.standard(for: graph, random: 1, seed: 2)[3]
    let found = try executor.run(sample.inputs, isShadowed: true).shadowFindings
    #expect(Set(found) == Set(test.findings.compactMap(\.seen)), "\(found.map(\.description))")
  }

  /// Sum 4 lies where results 0 to 3 do, and sum 5 where result 4 does.
  @Test func sumsThatTheirResultsCover() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = BlockPlans.channels(graph)
    try plan.edit("t10") { $0.offset = 1536 + 16 }
    let sample = Sample.standard(for: graph, random: 1, seed: 2)[3]
    let found = try Executor(PlanBinding(plan, to: graph)).run(sample.inputs, isShadowed: true)
    #expect(
      found.shadowFindings == [
        .staleRead(
          step: 4, tensor: FaultCase.t10, isSum: true, count: 2, first: [0, 0, 0, 4],
          instead: .element(tensor: FaultCase.t10, coordinate: [0, 0, 0, 0], writtenBy: 4))
      ])
  }

  /// No rule is broken: the plan is sound, and its kernel is not.
  @Test func aFaultOfAKernelMakesThePlanDifferent() throws {
    let graph = try FaultyConvolution.graph(
      GraphFixture.graph("residual_block"), op: 1, .leavesChannel)
    let binding = try PlanBinding(BlockPlans.line(graph), to: graph)
    #expect(OwnershipWalk.findings(in: binding) == [])
    let report = try Verifier.verify(
      binding, on: Sample.standard(for: graph, random: 1, seed: 0), seed: 0)
    let shadow = try #require(report.shadow)
    #expect(report.verdict == .different(.shadow(shadow)))
    #expect(
      shadow.first
        == .unwrittenRead(
          step: 3, tensor: FaultCase.t10, isSum: false, count: 12, first: [0, 0, 0, 7]))
    #expect(report.findings == [])
  }

  @Test func withoutSamplesThereIsNoShadow() throws {
    let graph = try GraphFixture.graph("residual_block")
    let binding = try PlanBinding(BlockPlans.line(graph), to: graph)
    #expect(try Verifier.verify(binding, on: [], seed: 0).shadow == nil)
    let sample = Sample.standard(for: graph, random: 1, seed: 0)[3]
    #expect(try Verifier.verify(binding, on: [sample], seed: 0).shadow == [])
  }
}

extension Finding {
  /// What the shadow arena says of it; `nil` where it sees nothing.
  fileprivate var seen: ShadowFinding? {
    switch self {
    case .notThere(let step, _, let tensor, let count, let first, let instead):
      .of(step, tensor, false, count, first, instead)
    case .sumsNotThere(let step, let tensor, let count, let first, let instead):
      .of(step, tensor, true, count, first, instead)
    default: nil
    }
  }
}

extension ShadowFinding {
  fileprivate static func of(
    _ step: Int, _ tensor: String, _ isSum: Bool, _ count: Int, _ first: [Int],
    _ instead: Occupant
  ) -> ShadowFinding {
    instead == .nothing
      ? .unwrittenRead(step: step, tensor: tensor, isSum: isSum, count: count, first: first)
      : .staleRead(
        step: step, tensor: tensor, isSum: isSum, count: count, first: first, instead: instead)
  }
}

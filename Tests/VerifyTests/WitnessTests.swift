import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec
import Verify

@Suite struct WitnessTests {
  /// What fails is to hold a few elements that nobody knows.
  @Test(arguments: Budget.blocks()) func nothingIsLeftThatCouldGo(_ seeds: Range<UInt64>) {
    for seed in seeds {
      var generator = SplitMix64(seed: seed)
      let all = Array(0..<Int.random(in: 1...60, using: &generator))
      let needed = Set(
        all.shuffled(using: &generator).prefix(Int.random(in: 1...4, using: &generator)))
      var tries = 10_000
      let left = all.minimized(tries: &tries) { needed.isSubset(of: $0) }
      #expect(left == needed.sorted(), "seed \(seed)")
    }
  }

  @Test func triesAreNotExceeded() {
    var (tries, calls) = (7, 0)
    let left = Array(0..<1000).minimized(tries: &tries) { part in
      calls += 1
      return part.contains(3) && part.contains(997)
    }
    #expect(calls == 7 && tries == 0)
    #expect(left.contains(3) && left.contains(997))
  }

  /// Where a fault shows in outputs, what is left of it is no other fault, and shows.
  @Test(arguments: FaultCase.tiles + FaultCase.slices + FaultCase.lines)
  func whatIsLeftGoesWrongAlike(_ test: FaultCase) throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = test.base(graph)
    try test.edit(&plan)
    let samples = Sample.standard(for: graph, random: 2, seed: 4)
    guard let binding = try? PlanBinding(plan, to: graph),
      let witness = try WitnessSearch.find(binding, among: samples)
    else { return }
    #expect(!test.findings.isEmpty, "no sound plan has a witness")
    #expect(witness.steps.count < plan.steps.count)
    #expect(witness.steps == witness.steps.sorted())
    let reduced = try PlanBinding(witness.plan, to: graph)
    let findings = OwnershipWalk.findings(in: reduced)
    #expect(!findings.isEmpty && findings.count <= test.findings.count)
    let input = witness.input
    #expect(try Executor(reduced).run(input.sample.inputs).outputs == input.actual)
    let reference = try Executor(PlanBinding(Plan.identity(graph, profile: .tflm), to: graph))
    #expect(try reference.run(input.sample.inputs).outputs == input.expected)
    #expect(input.actual != input.expected)
    #expect(input.nonzeroCount <= input.elementCount)
  }

  /// Nothing is wrong with the plan; the step whose kernel is wrong is what is left.
  @Test func aFaultOfAKernel() throws {
    let graph = try FaultyConvolution.graph(
      GraphFixture.graph("residual_block"), op: 1, .addsAllChannels)
    let binding = try PlanBinding(BlockPlans.channels(graph), to: graph)
    let witness = try #require(
      try WitnessSearch.find(binding, among: Sample.standard(for: graph, random: 1, seed: 0)))
    #expect(Set(witness.steps.map { binding.plan.steps[$0].op }) == [1])
    #expect(witness.input.nonzeroCount < 20)
    #expect(witness.description.hasPrefix("steps 1, 3, 4 alone, all else whole, on "))
  }

  @Test func soundPlansHaveNone() throws {
    let graph = try GraphFixture.graph("residual_block")
    let samples = Sample.standard(for: graph, random: 2, seed: 4)
    for plan in [BlockPlans.line(graph), BlockPlans.channels(graph), BlockPlans.recompute(graph)] {
      #expect(try WitnessSearch.find(PlanBinding(plan, to: graph), among: samples) == nil)
    }
  }
}

import Fuzz
import Graph
import Ops
import Tensor
import TestSupport
import Testing
import Verify

/// A plan without findings computes what its network computes, whatever was done to it.
@Suite struct MutantTests {
  @Test(arguments: Budget.blocks()) func mutantsWithoutFindingsAreRight(
    _ seeds: Range<UInt64>
  ) throws {
    var (refuted, clean, malformed) = (0, 0, 0)
    for seed in seeds {
      var generator = SplitMix64(seed: seed)
      var count = 0
      while count < 10 {
        let graph = try GraphRandom.graph(using: &generator)
        var plan = try PlanDraw().recipe(of: graph, using: &generator).plan(of: graph)
        PlanMutation.apply(to: &plan, using: &generator)
        if Bool.random(using: &generator), !plan.steps.isEmpty {
          PlanMutation.apply(to: &plan, using: &generator)
        }
        count += 1
        guard let binding = try? PlanBinding(plan, to: graph) else {
          malformed += 1
          continue
        }
        guard OwnershipWalk.findings(in: binding).isEmpty else {
          refuted += 1
          continue
        }
        clean += 1
        try expectSameOutputs(binding, seed)
      }
    }
    // Enough of each kind for the test to mean something.
    let total = refuted + clean + malformed
    #expect(refuted > total / 5)
    #expect(clean > total / 10)
    #expect(malformed > 0)
  }

  private func expectSameOutputs(_ binding: PlanBinding, _ seed: UInt64) throws {
    let report = try Verifier.verify(
      binding, on: [Sample.standard(for: binding.graph, random: 1, seed: 9)[3]], seed: seed)
    let isRight =
      switch report.verdict {
      case .equivalent: true
      // Memory that a mutant reserves and never uses is no wrong result.
      case .different(.findings(let findings)):
        findings.allSatisfy { if case .peakNotReached = $0 { true } else { false } }
          && report.symbolic?.isEqual == true && report.differential?.difference == nil
      case .different, .inconclusive: false
      }
    #expect(isRight, "\(Budget.replay(seed, suite: "MutantTests"))\n\(binding.plan.json)")
  }
}

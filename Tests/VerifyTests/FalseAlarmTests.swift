import Fuzz
import Graph
import Tensor
import TestSupport
import Testing
import Verify

/// Sound plans of every kind over real networks are never refused.
///
/// Each seed draws from one model of `CorpusSchedule`, so that any of them can be repeated alone;
/// `make false-alarms` runs 2,000.
@Suite(.enabled(if: Corpus.isPresent, "TILEWRIGHT_CORPUS names no folder"))
struct FalseAlarmTests {
  @Test func soundPlansPass() async throws {
    let seeds = Budget.blocks(of: 1, draws: 100).map(\.lowerBound)
    let tally = try await withThrowingTaskGroup(of: [String].self) { group in
      for seed in seeds { group.addTask { try Self.expectNoAlarm(seed) } }
      var tally: [String: Int] = [:]
      for try await words in group {
        for word in words { tally[word, default: 0] += 1 }
      }
      return tally
    }
    // So many draws leave out no kind of plan.
    for feature in PlanFeature.allCases where seeds.count >= 2000 {
      #expect(tally[feature.rawValue] ?? 0 > 0, "\(feature.rawValue)")
    }
    guard Budget.isWidened else { return }
    print("\(CorpusSchedule.modelCount) models")
    for (word, count) in tally.sorted(by: { $0.key < $1.key }) { print("\(count) \(word)") }
  }

  /// Verifies what `seed` draws, and returns what kind of plan it was.
  private static func expectNoAlarm(_ seed: UInt64) throws -> [String] {
    let model = CorpusSchedule.model(seed)
    let graph = try GraphFixture.graph(at: Corpus.model(model))
    var generator = SplitMix64(seed: seed)
    let draw = PlanDraw(
      largestGroupCount: 4, largestOverhead: max(1, 30_000_000 / max(graph.macs, 1)))
    let recipe = draw.recipe(of: graph, using: &generator)
    let binding = try PlanBinding(recipe.plan(of: graph), to: graph)
    let samples = Sample.standard(for: graph, random: 3, seed: seed)
    let sample = samples[Int.random(in: samples.indices, using: &generator)]
    let features = PlanFeature.all(in: binding, recipe).map(\.rawValue).sorted()
    let place = """
      \(model): \(features.joined(separator: ", "))
      \(Budget.replay(seed, suite: "FalseAlarmTests"))
      """
    do {
      let report = try Verifier.verify(binding, on: [sample], seed: seed)
      #expect(report.symbolic?.isEqual == true, "\(place)")
      #expect(report.differential?.measuredPeakInBytes == binding.plan.peakInBytes, "\(place)")
      if report.reordersFloatSums, case .inconclusive(let reasons) = report.verdict,
        reasons.count == 1, case .reordersFloatSums = reasons[0]
      {
        return features + ["plans", "plans that reorder floats"]
      }
      #expect(report.verdict == .equivalent, "\(place)")
      return features + ["plans"]
    } catch {
      Issue.record("\(error)\n\(place)")
      return features
    }
  }
}

import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing

@Suite struct FrontierSearchTests {
  /// The most tilings of one network that are all made into plans.
  private static let largestCount = 150

  @Test(arguments: Budget.blocks(of: 25, draws: 500)) func findsWhatExhaustiveEnumerationFinds(
    _ seeds: Range<UInt64>
  ) throws {
    for seed in seeds {
      var generator = SplitMix64(seed: seed)
      var found = false
      while !found {
        let graph = try GraphRandom.graph(using: &generator)
        let mode = SearchMode.allCases.randomElement(using: &generator) ?? .line
        let options = SearchOptions(
          modes: [mode],
          planning: PlanningOptions(
            alignment: [1, 16].randomElement(using: &generator) ?? 1, layoutNodeLimit: 2_000),
          exhaustiveLimit: 0)
        guard graph.nodes.count <= 6 else { continue }
        let search = FrontierSearch(graph, profile: .tflm, options: options)
        let exhaustive = Exhaustive(search, graph, options)
        guard (2...Self.largestCount).contains(exhaustive.count) else { continue }
        found = true
        let points = search.frontier().points.map { [$0.peakInBytes, $0.macs] }
        let outcomes = try exhaustive.outcomes()
        let overcounted = outcomes.contains { $0.weighed.macs > $0.planned.macs }
        #expect(!overcounted, "\(mode), \(Budget.replay(seed, suite: "FrontierSearchTests"))")
        #expect(
          points == exhaustive.frontier(outcomes),
          "\(mode), \(Budget.replay(seed, suite: "FrontierSearchTests"))")
      }
    }
  }
}

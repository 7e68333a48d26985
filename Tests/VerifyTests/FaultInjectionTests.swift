import Graph
import Ops
import Planning
import TestSupport
import Testing
import Verify

/// The checker catches mistakes that are made on purpose, and injection says so where it does not.
@Suite struct FaultInjectionTests {
  @Test(arguments: Fixtures.names) func noMistakeIsMissed(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    for profile in Profile.all {
      for result in try results(graph, profile, places: 12) {
        #expect(result.isSound)
        #expect(result.missed == [])
        for tally in result.tallies {
          #expect(tally.missed == 0)
          #expect(tally.places == min(tally.possible, 12))
          let outcomes =
            tally.malformed + tally.walk + tally.symbolic + tally.equivalent + tally.missed
          #expect(outcomes == tally.places)
        }
      }
    }
  }

  @Test func everyKindOfMistakeIsCaught() throws {
    let graph = try GraphFixture.graph("residual_block")
    let results = try results(graph, .tflm, places: 40)
    for faultClass in FaultClass.allCases {
      let own = results.flatMap(\.tallies).filter { $0.faultClass == faultClass }
      #expect(own.count == results.count)
      #expect(own.contains { $0.walk > 0 }, "\(faultClass)")
      // The second line of defence holds by itself.
      #expect(own.contains { $0.symbolicAlone > 0 }, "\(faultClass)")
    }
  }

  /// Each check catches by itself whatever changes an output.
  @Test(arguments: [FaultChecks.walk, .symbolic]) func eitherCheckIsEnough(
    _ checks: FaultChecks
  ) throws {
    for name in ["residual_block", "gesture_net"] {
      let graph = try GraphFixture.graph(name)
      for result in try results(graph, .tflm, places: 40, checks: checks) {
        #expect(result.missed == [])
        #expect(result.isSound)
      }
    }
  }

  @Test func withoutChecksMistakesAreMissed() throws {
    let graph = try GraphFixture.graph("residual_block")
    let results = try results(graph, .tflm, places: 40, checks: [])
    for faultClass in FaultClass.allCases where faultClass != .ringShort {
      let own = results.flatMap(\.tallies).filter { $0.faultClass == faultClass }
      #expect(own.contains { $0.missed > 0 }, "\(faultClass)")
      #expect(own.allSatisfy { $0.walk == 0 && $0.symbolicRuns == 0 })
    }
    for result in results {
      #expect(!result.missed.isEmpty)
      #expect(result.missed.count == result.tallies.reduce(0) { $0 + $1.missed })
      let words = try #require(result.missed.first).description
      #expect(words.contains("; outputs differ on input random 0 of seed 3"))
    }
  }

  @Test func placesBelongToTheSeed() throws {
    let graph = try GraphFixture.graph("residual_block")
    func tallies(_ seed: UInt64) throws -> [[FaultTally]] {
      try results(graph, .tflm, places: 5, seed: seed, checks: []).map(\.tallies)
    }
    #expect(try tallies(1) == tallies(1))
    let others = try (2..<6).map { try tallies($0) }
    #expect(try others.contains { try $0 != tallies(1) })
  }

  /// All output channels of a window share one linear form; what their sums start from tells them
  /// apart.
  @Test func sumsOfOtherChannels() throws {
    let graph = try GraphFixture.graph("residual_block")
    let binding = try PlanBinding(BlockPlans.halvedSums(graph), to: graph)
    for checks in [FaultChecks.all, .walk, .symbolic] {
      let result = try injection(graph, .tflm, seed: 3, checks).run(on: binding, places: 1000)
      #expect(result.isSound)
      #expect(result.missed == [])
      let reuse = try #require(result.tallies.first { $0.faultClass == .freedEarly })
      #expect(reuse.walk + reuse.symbolic > 0)
    }
  }

  @Test func aPlanThatIsWrongByItselfIsNotSound() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = BlockPlans.line(graph)
    try plan.edit("r9") { $0.rings = [1: 2] }
    for checks in [FaultChecks.all, .walk, .symbolic, []] {
      let injection = try injection(graph, .tflm, seed: 3, checks)
      #expect(try !injection.run(on: PlanBinding(plan, to: graph), places: 1).isSound)
    }
    let injection = try injection(graph, .tflm, seed: 3, .all)
    let sound = try PlanBinding(BlockPlans.line(graph), to: graph)
    #expect(try injection.run(on: sound, places: 1).isSound)
  }

  private func injection(
    _ graph: Graph, _ profile: Profile, seed: UInt64, _ checks: FaultChecks
  ) throws -> FaultInjection {
    try FaultInjection(
      graph, profile: profile,
      samples: Sample.standard(for: graph, random: 2, seed: seed).suffix(2),
      seed: seed, checks: checks)
  }

  /// What becomes of mistakes in a plan of each mode.
  private func results(
    _ graph: Graph, _ profile: Profile, places: Int, seed: UInt64 = 3, checks: FaultChecks = .all
  ) throws -> [FaultInjection.Result] {
    let injection = try injection(graph, profile, seed: seed, checks)
    return try [SearchMode.ffmt, .line, .fdt].compactMap { kind in
      try SingleGroupSearch(graph, profile: profile, kind: kind).best().map {
        try injection.run(on: PlanBinding($0.plan, to: graph), places: places)
      }
    }
  }
}

import Fuzz
import Graph
import Ops
import Tensor
import TestSupport
import Testing

/// Bugs as tilers have them are found by drawing networks and plans, and made simple.
@Suite struct PlantedBugTests {
  /// How many networks of the whole catalogue are drawn for each bug; the last one is found at seed 283.
  private static let seeds = UInt64(0)..<300

  @Test(arguments: PlantedBug.allCases) func aBugIsFoundAndMadeSimple(_ bug: PlantedBug) throws {
    // A plan that does not even fit its network takes no verifier.
    let (found, failure) = try #require(
      try Self.first { drawn in
        try bug.failure(of: drawn).flatMap { $0.kind == .malformed ? nil : $0 }
      })
    let smallest = try Shrinker().shrink(found) {
      try bug.failure(of: $0)?.kind == failure.kind
    }
    #expect(try bug.failure(of: smallest)?.kind == failure.kind)
    #expect(smallest.graph.nodes.count <= 3)
    #expect(smallest.recipe.groups.count + smallest.recipe.edits.count <= 1)
    // It is the bug that was found: without it both cases are sound.
    #expect(try Self.failure(of: found) == nil)
    #expect(try Self.failure(of: smallest) == nil)
  }

  @Test func withoutABugNothingIsFound() throws {
    #expect(try Self.first { try Self.failure(of: $0) }?.failure == nil)
  }

  /// The first case that goes wrong, and how.
  private static func first(
    _ failure: (FuzzCase) throws -> CaseFailure?
  ) throws -> (found: FuzzCase, failure: CaseFailure)? {
    let generator = try GraphGenerator(GenerationOptions())
    for seed in seeds {
      let graph = generator.graph(seed: seed)
      var random = SplitMix64(seed: seed)
      let drawn = FuzzCase(graph, PlanDraw().recipe(of: graph, using: &random))
      if let failure = try failure(drawn) { return (drawn, failure) }
    }
    return nil
  }

  /// What is wrong with the plan that a case's recipe gives.
  private static func failure(of fuzzCase: FuzzCase) throws -> CaseFailure? {
    try CaseJudge(fuzzCase.graph, profile: fuzzCase.recipe.profile, seed: 1)
      .failure(of: fuzzCase.recipe.plan(of: fuzzCase.graph))
  }
}

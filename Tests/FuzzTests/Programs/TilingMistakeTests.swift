import Fuzz
import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing

@Suite struct TilingMistakeTests {
  /// A tiling with a group of every mode.
  private static func tiling(_ graph: Graph) -> Tiling {
    Tiling(
      modelHash: graph.modelHash,
      groups: [
        FusedGroup(ops: [0, 1], mode: .line),
        FusedGroup(ops: [2, 3], mode: .recompute, cuts: .init(height: [0, 9, 25])),
        FusedGroup(ops: [4, 5], mode: .channels, cuts: .init(channels: [0, 30, 64])),
      ])
  }

  @Test(arguments: TilingMistake.allCases) func isRefusedForWhatItIs(
    _ mistake: TilingMistake
  ) throws {
    let graph = try GraphFixture.graph("keyword_spotter")
    let sound = Self.tiling(graph)
    #expect(throws: Never.self) { try TilingLowering.plan(sound, for: graph, profile: .tflm) }
    for seed in UInt64(0)..<4 {
      let wrong = try #require(mistake.applied(to: sound, of: graph, seed: seed))
      #expect(wrong != sound)
      let error = #expect(throws: TilingError.self) {
        try TilingLowering.plan(wrong, for: graph, profile: .tflm)
      }
      #expect(error.map(mistake.explains) == true, "\(String(describing: error))")
    }
  }

  /// No mistake explains what another one is refused for, but for those about operators.
  @Test func explainsNothingElse() throws {
    let graph = try GraphFixture.graph("keyword_spotter")
    let ofOperators: Set<TilingMistake> = [.noOperators, .noSuchOperator, .notAscending]
    for mistake in TilingMistake.allCases {
      let wrong = try #require(mistake.applied(to: Self.tiling(graph), of: graph, seed: 0))
      let error = try #require(
        #expect(throws: TilingError.self) {
          try TilingLowering.plan(wrong, for: graph, profile: .tflm)
        })
      let explaining = TilingMistake.allCases.filter { $0.explains(error) }
      #expect(Set(explaining) == (ofOperators.contains(mistake) ? ofOperators : [mistake]))
    }
  }

  /// What has no place for a mistake stays as it is.
  @Test func aTilingWithoutGroupsHasNoPlace() throws {
    let graph = try GraphFixture.graph("keyword_spotter")
    let untiled = Tiling(modelHash: graph.modelHash, groups: [])
    for mistake in TilingMistake.allCases where mistake != .otherModel {
      #expect(mistake.applied(to: untiled, of: graph, seed: 0) == nil)
    }
  }
}

import Fuzz
import Graph
import Ops
import Tensor
import TestSupport
import Testing
import Verify

/// A few cases of every operator, as both implementations answered them.
@Suite struct RecordedOperatorTests {
  private static func cases(_ recording: OperatorRecording) throws -> [RecordedCheck.Case] {
    try recording.runs().map { run in
      RecordedCheck.Case(
        name: run.name, inputs: run.inputs, keepsState: run.keepsState, outputs: run.outputs)
    }
  }

  @Test(arguments: OperatorRecording.all) func isExact(_ recording: OperatorRecording) throws {
    let graph = try recording.graph()
    let cases = try Self.cases(recording)
    #expect(!cases.isEmpty && cases.allSatisfy { $0.outputs.count == graph.modelOutputs.count })
    let check = try RecordedCheck(graph, profile: recording.profile)
    #expect(try check.mismatches(in: cases).map(\.description) == [])
  }

  /// What one implementation answers where it differs is refused under the other one's profile.
  @Test func tellsTheImplementationsApart() throws {
    let others = try OperatorRecording.all.filter { recording in
      let other = try #require(Profile.all.first { $0 != recording.profile })
      let check = try RecordedCheck(recording.graph(), profile: other)
      return try !check.mismatches(in: Self.cases(recording)).isEmpty
    }
    #expect(!others.isEmpty)
  }

  /// All that can be recorded: slots may stay undefined, and an operator alone may have no output.
  @Test func everyFamilyHasOne() throws {
    let recorded = try Set(
      OperatorRecording.all.map { try $0.graph().nodes[0].operation.builtin.name })
    let missing = Catalog.operators.filter { family in
      family.fillsResults && !family.builtins.contains { recorded.contains($0.name) }
    }.filter { family in
      var generator = SplitMix64(seed: 1)
      let graph = try? ExampleNetwork.graph(of: family.random(using: &generator))
      return graph?.modelOutputs.isEmpty == false
    }
    #expect(missing.map { $0.builtins[0].name } == [])
  }
}

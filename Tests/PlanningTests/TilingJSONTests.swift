import Fuzz
import Graph
import Planning
import Tensor
import TestSupport
import Testing

@Suite struct TilingJSONTests {
  @Test func everyCaseComesBack() throws {
    let cases =
      LoweringCase.recomputeCases + LoweringCase.lineCases + LoweringCase.channelCases
      + LoweringCase.nestedCases
    for test in cases {
      try expectRoundTrip(Tiling(modelHash: "hash \"\\\n", groups: test.groups))
    }
    try expectRoundTrip(Tiling(modelHash: "", groups: []))
  }

  @Test(arguments: 0..<10 as Range<UInt64>) func randomTilingsComeBack(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for name in Fixtures.names {
      let graph = try GraphFixture.graph(name)
      for _ in 0..<50 {
        try expectRoundTrip(
          Tiling(
            modelHash: graph.modelHash,
            groups: PlanDraw().recipe(of: graph, using: &generator).groups))
      }
    }
  }

  @Test func whatIsLeftOutHasADefault() throws {
    let tiling = try Tiling(json: Array(document(#"{"ops": [2, 3], "mode": "line"}"#).utf8))
    #expect(
      tiling
        == Tiling(
          modelHash: "m",
          groups: [
            FusedGroup(
              ops: [2, 3], mode: .line, cuts: .init(), step: 1, ringAxis: .height, inner: nil)
          ]))
  }

  /// The example of the design, without the dots.
  @Test func theExampleOfTheDesign() throws {
    let text = """
      { "format": "tilewright-tiling/1", "model_sha256": "…", "groups": [ { "ops": [2, 3, 4], \
      "mode": "recompute",
          "cuts": { "height": [0, 9, 18, 25], "width": [0, 5] }, "step": 1, \
      "ring_axis": "height" } ] }
      """
    let tiling = try Tiling(json: Array(text.utf8))
    #expect(
      tiling.groups == [
        LoweringCase.recompute(2...4, height: [0, 9, 18, 25], width: [0, 5])
      ])
  }

  @Test(arguments: [
    (#"{"ops": [0], "mode": "line", "rows": 1}"#, "groups[0].rows"),
    (#"{"ops": [0], "mode": "line", "cuts": {"depth": [0]}}"#, "groups[0].cuts.depth"),
    (
      #"{"ops": [0], "mode": "line", "inner": {"ops": [0], "mode": "line", "x": 1}}"#,
      "groups[0].inner.x"
    ),
    (#"{"mode": "line"}"#, "groups[0]"), (#"{"ops": [0]}"#, "groups[0]"),
    (#"{"ops": [0], "mode": "ffmt"}"#, "groups[0].mode"),
    (#"{"ops": [0], "mode": "line", "ring_axis": "channels"}"#, "groups[0].ring_axis"),
    (#"{"ops": [0, "1"], "mode": "line"}"#, "groups[0].ops[1]"),
    (#"{"ops": [0], "mode": "line", "step": "1"}"#, "groups[0].step"),
    (#"{"ops": [0], "mode": "line", "cuts": {"width": [0, null]}}"#, "groups[0].cuts.width[1]"),
    (#"{"ops": [0], "mode": "line", "cuts": [0, 1]}"#, "groups[0].cuts"),
    ("3", "groups[0]"),
  ]) func aFaultyGroupIsRefused(_ group: String, _ path: String) {
    #expect(path == refusal(document(group))?.path)
  }

  @Test(arguments: [
    (#"{"format": "tilewright-tiling/1", "model_sha256": "m", "groups": [], "x": 1}"#, "x"),
    (#"{"format": "tilewright-tiling/2", "model_sha256": "m", "groups": []}"#, ""),
    (#"{"format": "tilewright-plan/1", "model_sha256": "m", "groups": []}"#, ""),
    (#"{"format": "tilewright-tiling/1", "groups": []}"#, ""),
    (#"{"format": "tilewright-tiling/1", "model_sha256": "m"}"#, ""),
    (#"{"format": "tilewright-tiling/1", "model_sha256": 1, "groups": []}"#, "model_sha256"),
    (#"{"format": "tilewright-tiling/1", "model_sha256": "m", "groups": {}}"#, "groups"),
    ("", ""), ("[]", ""), ("{", ""),
  ]) func aFaultyDocumentIsRefused(_ text: String, _ path: String) {
    #expect(path == refusal(text)?.path)
  }

  private func document(_ group: String) -> String {
    #"{"format": "tilewright-tiling/1", "model_sha256": "m", "groups": [\#(group)]}"#
  }

  private func refusal(_ text: String) -> JSONError? {
    do throws(JSONError) {
      _ = try Tiling(json: Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  private func expectRoundTrip(_ tiling: Tiling) throws {
    let json = tiling.json
    let again = try Tiling(json: Array(json.utf8))
    #expect(again == tiling)
    #expect(again.json == json)
  }
}

import Graph
import Ops
import Planning
import TestSupport
import Testing

/// The schemas in `docs/schemas` say what the decoders accept and refuse.
@Suite struct SchemaTests {
  /// Documents with every key that there is.
  private static let plan = """
    { "format": "tilewright-plan/1", "model_sha256": "m", "profile": "tflm", "alignment": 16,
      "buffers": [
        { "name": "a", "tensor": 0, "element": "int8", "region": [[0,1],[0,4]], "ring": {"0": 1},
          "memory": "arena", "offset": 0, "size": 4 } ],
      "steps": [
        { "op": 7, "phase": "add", "inputs": ["a", null], "reduce": [[0,1]],
          "outputs": [{"buffer": "a", "region": [[0,1]]}],
          "sums": {"buffer": "a", "region": [[0,1]]} } ] }
    """
  private static let tiling = """
    { "format": "tilewright-tiling/1", "model_sha256": "m", "groups": [
        { "ops": [0], "mode": "line", "step": 1, "ring_axis": "width", "early": [],
          "cuts": {"height": [0, 1], "width": [0, 1], "channels": [0, 1]},
          "inner": { "ops": [0], "mode": "channels", "step": 1, "ring_axis": "height", "early": [0],
            "cuts": {"height": [0], "width": [0], "channels": [0]}, "inner": null } } ] }
    """

  @Test func thePlans() throws {
    let comparison = try SchemaComparison("plan", document: Self.plan) { json throws(JSONError) in
      _ = try Plan(json: json)
    }
    comparison.run()
    // Which profiles there are is not the decoder's to know.
    let profiles = comparison.schema["properties"]?["profile"]?["enum"]?.elements
    #expect(profiles?.map(\.string) == Profile.all.map(\.name))
  }

  @Test func theTilings() throws {
    try SchemaComparison("tiling", document: Self.tiling) { json throws(JSONError) in
      _ = try Tiling(json: json)
    }.run()
  }
}

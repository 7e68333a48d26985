import Fuzz
import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing

@Suite struct PlanJSONTests {
  @Test(arguments: Fixtures.names) func theIdentityPlanComesBack(_ name: String) throws {
    for profile in Profile.all {
      try expectRoundTrip(Plan.identity(GraphFixture.graph(name), profile: profile))
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>) func randomPlansComeBack(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let graph = try GraphFixture.graph("residual_block")
    for _ in 0..<5 {
      try expectRoundTrip(PlanDraw().recipe(of: graph, using: &generator).plan(of: graph))
    }
  }

  @Test func everyFieldComesBack() throws {
    let rows = Region([0..<1, 2..<9, 0..<4])
    let plan = Plan(
      modelHash: "hash \"quoted\" \\ \n \u{1}é", profile: "another", alignment: 1,
      buffers: [
        PlanBuffer(
          name: "a \"b\"\t\\", tensor: 3, element: .int32, region: rows, rings: [1: 2, 2: 4],
          memory: .host, offset: 0),
        PlanBuffer(name: "", tensor: -1, element: .float64, region: Region([]), offset: -7),
        PlanBuffer(
          name: "huge", tensor: .max, element: .int8, region: rows, rings: [9: 1, 1: 0],
          offset: .max),
      ],
      steps: [
        PlanStep(op: -1, inputs: []),
        PlanStep(
          op: .max, phase: .add, inputs: [nil, 2, 0, nil], reduce: Region([3..<3]),
          sums: .init(buffer: 1, region: rows)),
        PlanStep(
          op: 0, phase: .finish, inputs: [nil],
          outputs: [.init(buffer: 0, region: rows), .init(buffer: 1, region: Region([]))],
          sums: .init(buffer: 0, region: rows)),
        PlanStep(op: 0, phase: .start, inputs: [1], sums: .init(buffer: 0, region: rows)),
      ])
    try expectRoundTrip(plan)
  }

  @Test func oneLinePerBufferAndStep() throws {
    let graph = try GraphFixture.graph("residual_block")
    let json = Plan.identity(graph, profile: .tflm).json
    #expect(json.hasSuffix(" ] }\n"))
    let lines = json.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count { $0.hasPrefix("    {\"name\": ") } == 7)
    #expect(lines.count { $0.hasPrefix("    {\"op\": ") } == 6)
    #expect(lines.allSatisfy { $0.last != " " })
  }

  /// The example of the design, without the dots: the buffers that it leaves out are missed first.
  @Test func theExampleOfTheDesign() throws {
    let left =
      ##"{ "name": "conv1.rows", "tensor": 17, "element": "int8", "##
      + ##""region": [[0,1],[0,25],[0,5],[0,64]], "ring": {"1": 3}, "##
      + ##""memory": "arena", "offset": 2048, "size": 960 }"##
    let more = ["in.rows", "dw4.slice", "pw4.sums"].map {
      ##"{ "name": "\##($0)", "tensor": 1, "element": "int8", "region": [], "##
        + ##""memory": "arena", "offset": 0, "size": 1 }"##
    }
    let steps = """
      { "op": 3, "phase": "whole", "inputs": ["in.rows", null, null],
        "outputs": [ {"buffer": "conv1.rows", "region": [[0,1],[4,6],[0,5],[0,64]]} ] },
      { "op": 9, "phase": "add", "inputs": ["dw4.slice", null, null],
        "reduce": [[0,1],[0,25],[0,5],[16,32]],
        "sums": {"buffer": "pw4.sums", "region": [[0,1],[0,25],[0,5],[0,64]]} }
      """
    func document(_ buffers: [String]) -> [UInt8] {
      let text = """
        { "format": "tilewright-plan/1", "model_sha256": "…", "profile": "tflm", "alignment": 16,
          "buffers": [ \(buffers.joined(separator: ", ")) ],
          "steps":   [ \(steps) ] }
        """
      return Array(text.utf8)
    }
    #expect(throws: JSONError.self) { try Plan(json: document([left])) }
    let plan = try Plan(json: document([left] + more))
    let whole = Region([0..<1, 0..<25, 0..<5, 0..<64])
    #expect(plan.profile == "tflm")
    #expect(plan.alignment == 16)
    #expect(
      plan.buffers[0]
        == PlanBuffer(
          name: "conv1.rows", tensor: 17, element: .int8, region: whole, rings: [1: 3],
          offset: 2048))
    #expect(
      plan.steps == [
        PlanStep(
          op: 3, inputs: [1, nil, nil],
          outputs: [.init(buffer: 0, region: Region([0..<1, 4..<6, 0..<5, 0..<64]))]),
        PlanStep(
          op: 9, phase: .add, inputs: [2, nil, nil],
          reduce: Region([0..<1, 0..<25, 0..<5, 16..<32]), sums: .init(buffer: 3, region: whole)),
      ])
  }

  private func expectRoundTrip(_ plan: Plan) throws {
    let json = plan.json
    let again = try Plan(json: Array(json.utf8))
    #expect(again == plan)
    #expect(again.json == json)
  }
}

import Foundation
import Fuzz
import Graph
import Ops
import Planning
import TFLite
import Tensor
import TestSupport
import Testing

@Suite struct TilerJudgeTests {
  /// The network as a tiler reads it, and what a judge says of a program of it.
  private struct Subject {
    let graph: Graph
    let judge: TilerJudge

    init() throws {
      let model = try ModelWriter.bytes(of: TilerFixture().graph)
      graph = try ImportedModel(parsing: Bytes(copying: model)).graph()
      judge = TilerJudge(try TilerCommand("cp {model} {out}", secondsLimit: 1))
    }

    func verdict(_ text: String) throws -> TilerOutcome.Verdict { try verdict(Array(text.utf8)) }

    func verdict(_ bytes: [UInt8]) throws -> TilerOutcome.Verdict {
      try judge.verdict(on: TilerProgram(bytes), of: graph, seed: 1)
    }

    func failure(_ text: String) throws -> CaseFailure? {
      if case .failure(let failure) = try verdict(text) { failure } else { nil }
    }
  }

  @Test func keepsWhatTheTilerMade() throws {
    let outcome = try TilerFixture().outcome("cp {model} {out}")
    #expect(outcome.verdict == .sound)
    #expect(outcome.made == outcome.model)
    let bytes = Bytes(copying: outcome.model)
    #expect(try ImportedModel(parsing: bytes).hash == outcome.graph.modelHash)
    guard case .model = outcome.program else {
      Issue.record("expected a model")
      return
    }
  }

  /// The profiles differ in what these operators compute.
  @Test(arguments: Profile.all) func judgesPlansUnderTheirProfile(_ profile: Profile) throws {
    let options = try GenerationOptions(operators: ["LOGISTIC", "TANH", "FULLY_CONNECTED"])
    let judge = try Subject().judge
    for seed in 1...10 as ClosedRange<UInt64> {
      let graph = GraphGenerator(options).graph(seed: seed)
      let plan = Plan.identity(graph, profile: profile)
      #expect(try judge.verdict(on: .plan(plan), of: graph, seed: seed) == .sound, "seed \(seed)")
      let other = try #require(Profile.all.first { $0 != profile })
      let failure = try CaseJudge(graph, profile: other, seed: seed).failure(of: plan)
      #expect(failure?.kind == .malformed, "seed \(seed)")
    }
  }

  @Test func judgesPlans() throws {
    let subject = try Subject()
    var plan = Plan.identity(subject.graph, profile: .litert)
    #expect(try subject.verdict(plan.json) == .sound)
    plan.steps.removeLast()
    #expect(try subject.failure(plan.json)?.kind == .finding)
    plan.profile = "other"
    #expect(try subject.failure(plan.json)?.kind == .malformed)
  }

  @Test func judgesTilings() throws {
    let subject = try Subject()
    var group = FusedGroup(ops: [0, 1], mode: .line)
    var tiling = Tiling(modelHash: subject.graph.modelHash, groups: [group])
    #expect(try subject.verdict(tiling.json) == .sound)
    group.ops = [0, 7]
    tiling.groups = [group]
    #expect(try subject.failure(tiling.json)?.kind == .refused)
    tiling.modelHash = "other"
    #expect(try subject.failure(tiling.json)?.kind == .refused)
  }

  /// A model with another input, one with other weights, and one with another operator.
  @Test func judgesRewrittenModels() throws {
    let subject = try Subject()
    func kind(_ graph: Graph) throws -> CaseFailure.Kind? {
      let verdict = try subject.verdict(ModelWriter.bytes(of: graph))
      if case .failure(let failure) = verdict { return failure.kind }
      return nil
    }
    func network(extent: Int, dilation: Int, seed: UInt64) throws -> Graph {
      var builder = GraphBuilder(seed: seed)
      let input = try builder.input([1, extent, 4, 2])
      let middle = try builder.convolution(
        input, channels: 3, window: [3, 3], stride: [1, 1], dilation: [1, 1], isSame: true)
      let output = try builder.convolution(
        middle, channels: 2, window: [3, 1], stride: [1, 1], dilation: [dilation, 1], isSame: true)
      return try builder.graph(outputs: [output])
    }
    #expect(try kind(network(extent: 9, dilation: 2, seed: 1)) == nil)
    #expect(try kind(network(extent: 8, dilation: 2, seed: 1)) == .malformed)
    #expect(try kind(network(extent: 9, dilation: 1, seed: 1)) == .difference)
  }

  @Test func recognizesProgramsByTheirContent() throws {
    let graph = try TilerFixture().graph
    let plan = Plan.identity(graph, profile: .tflm)
    // What stands in strings is no key.
    let tiling =
      "{\"format\": \"tilewright-tiling/1\", \"model_sha256\": \"\\\"steps\\\":\", \"groups\": []}"
    guard case .plan = try TilerProgram(Array(plan.json.utf8)),
      case .tiling = try TilerProgram(Array((" \n" + tiling).utf8))
    else {
      Issue.record("expected a plan and a tiling")
      return
    }
    #expect(throws: TilerProgramError.unknown(byteCount: 0)) { try TilerProgram([]) }
    #expect(throws: TilerProgramError.unknown(byteCount: 2)) { try TilerProgram(Array("{}".utf8)) }
  }
}

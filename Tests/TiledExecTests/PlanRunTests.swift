import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing
import TiledExec

@Suite struct PlanRunTests {
  @Test func stepsAreDoneOneByOne() throws {
    let graph = try GraphFixture.graph("residual_block")
    let plan = Plan.identity(graph, profile: .tflm)
    let recorded = try #require(
      try GraphRecording.cases(of: "residual_block", profile: "tflm").first)
    var run = try PlanRun(Executor(PlanBinding(plan, to: graph)), inputs: recorded.inputs)
    let input = PlanStep.Destination(buffer: 0, region: plan.buffers[0].region)
    #expect(run.elements(of: input) == recorded.inputs[0])
    for step in plan.steps.indices { #expect(run.performNextStep() == step) }
    #expect(run.performNextStep() == nil)
    #expect(run.performNextStep() == nil)
    #expect(run.elements(of: plan.steps[5].outputs[0]) == recorded.outputs[0])
    #expect(run.finish().outputs == recorded.outputs)
  }

  @Test func memoryHoldsThePoisonBefore() throws {
    let graph = try GraphFixture.graph("residual_block")
    let plan = Plan.identity(graph, profile: .tflm)
    let recorded = try #require(
      try GraphRecording.cases(of: "residual_block", profile: "tflm").first)
    let run = try PlanRun(
      Executor(PlanBinding(plan, to: graph)), inputs: recorded.inputs, poison: 0x37)
    let unwritten = run.elements(of: plan.steps[5].outputs[0]).elements(of: UInt8.self)
    #expect(unwritten == [UInt8](repeating: 0x37, count: 192))
  }

  /// Rows of a ring and slices of channels are read as boxes of the whole tensor.
  @Test(arguments: [
    FusedGroup(ops: [0, 1, 2, 3], mode: .line),
    FusedGroup(ops: [0, 1, 2, 3], mode: .line, step: 3, ringAxis: .width),
    FusedGroup(ops: [1, 2, 3], mode: .channels, cuts: .init(channels: [0, 3, 8])),
    FusedGroup(ops: [0, 1, 2], mode: .recompute, cuts: .init(height: [0, 7, 16])),
  ]) func everyTileIsThatOfTheWholeTensor(_ group: FusedGroup) throws {
    let graph = try GraphFixture.graph("residual_block")
    let recorded = try #require(
      try GraphRecording.cases(of: "residual_block", profile: "tflm").first)
    let whole = try values(graph, recorded.inputs)
    let plan = try TilingLowering.plan(
      Tiling(modelHash: graph.modelHash, groups: [group]), for: graph, profile: .tflm)
    var run = try PlanRun(Executor(PlanBinding(plan, to: graph)), inputs: recorded.inputs)
    while let index = run.performNextStep() {
      for tile in plan.steps[index].outputs {
        let tensor = plan.buffers[tile.buffer].tensor
        let shape = graph.tensors[tensor].type.shape
        let codes = try #require(whole[tensor])
        var expected: [Int8] = []
        tile.region.forEachRow { start in
          let first = shape.index(of: start)
          expected += codes[first..<first + (tile.region.ranges.last?.count ?? 1)]
        }
        #expect(run.elements(of: tile).elements(of: Int8.self) == expected, "step \(index)")
      }
    }
  }

  /// The value of every tensor that operators make.
  private func values(_ graph: Graph, _ inputs: [Bytes]) throws -> [Int: [Int8]] {
    let plan = Plan.identity(graph, profile: .tflm)
    var run = try PlanRun(Executor(PlanBinding(plan, to: graph)), inputs: inputs)
    while run.performNextStep() != nil {}
    var values: [Int: [Int8]] = [:]
    for (index, buffer) in plan.buffers.enumerated() {
      values[buffer.tensor] = run.elements(of: .init(buffer: index, region: buffer.region))
        .elements(of: Int8.self)
    }
    return values
  }
}

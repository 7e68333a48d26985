import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec

@Suite struct PeakTests {
  @Test(arguments: Fixtures.names) func theIdentityReachesItsPeak(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    let plan = Plan.identity(graph, profile: .tflm)
    #expect(try measuredPeaks(plan, graph, name).max() == plan.peakInBytes)
  }

  @Test(arguments: [16, 17, 4096]) func bytesThatNoStepWritesAreNotMeasured(
    _ gap: Int
  ) throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = Plan.identity(graph, profile: .tflm)
    let peak = plan.peakInBytes
    plan.buffers.append(
      PlanBuffer(
        name: "idle", tensor: 9, element: .int8, region: Region([0..<1, 0..<1, 0..<1, 0..<1]),
        offset: peak + gap - 1))
    #expect(plan.peakInBytes == peak + gap)
    #expect(try measuredPeaks(plan, graph, "residual_block").max() == peak)
  }

  @Test func theTopOfAPartlyWrittenBufferIsNotMeasured() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = Plan.identity(graph, profile: .tflm)
    let peak = plan.peakInBytes
    let whole = graph.whole(9)
    plan.buffers.append(
      PlanBuffer(name: "rows", tensor: 9, element: .int8, region: whole, offset: peak))
    plan.steps[0].outputs.append(plan.steps[0].outputs[0])
    plan.steps[0].outputs[1].buffer = 7
    plan.steps[0].outputs[0].region[1] = 0..<5
    plan.steps[0].outputs[1].region[1] = 0..<5
    #expect(try measuredPeaks(plan, graph, "residual_block").max() == peak + 5 * 12 * 8)
  }

  /// The byte that ends the arena is the input's last one, and is never written again.
  @Test func aByteOfThePoisonsValueIsFoundByTheOtherPoison() throws {
    let graph = try GraphFixture.graph("residual_block")
    let plan = try Self.inputOnTop(graph)
    let executor = try Executor(PlanBinding(plan, to: graph))
    for poison: UInt8 in [0xA5, 0x5A, 0x00] {
      let inputs = [Bytes(copying: [UInt8](repeating: poison, count: 1536))]
      let hidden = try executor.run(inputs, poison: poison).highestByteWritten
      #expect(hidden <= plan.peakInBytes - 1536)
      let seen = try executor.run(inputs, poison: ~poison).highestByteWritten
      #expect(seen == plan.peakInBytes)
    }
  }

  @Test func hostBuffersTakeNoArena() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = Plan.identity(graph, profile: .tflm)
    for buffer in [0, 6] {
      plan.buffers[buffer].memory = .host
      plan.buffers[buffer].offset = 0
    }
    for buffer in 1..<6 { plan.buffers[buffer].offset -= 1536 }
    #expect(plan.peakInBytes == 3 * 1536 + 384 + 768)
    #expect(try measuredPeaks(plan, graph, "residual_block").max() == plan.peakInBytes)
    let cases = try GraphRecording.cases(of: "residual_block", profile: "tflm")
    let executor = try Executor(PlanBinding(plan, to: graph))
    for recorded in cases {
      #expect(try executor.run(recorded.inputs).outputs == recorded.outputs)
    }
  }

  /// The identity plan with the input above everything else.
  static func inputOnTop(_ graph: Graph) throws -> Plan {
    var plan = Plan.identity(graph, profile: .tflm)
    plan.buffers[0].offset = plan.peakInBytes
    return plan
  }

  /// The highest bytes of two runs, with poisons of which no byte has both.
  private func measuredPeaks(_ plan: Plan, _ graph: Graph, _ name: String) throws -> [Int] {
    let executor = try Executor(PlanBinding(plan, to: graph))
    let recorded = try #require(try GraphRecording.cases(of: name, profile: "tflm").first)
    return try [0xA5, 0x5A].map { try executor.run(recorded.inputs, poison: $0).highestByteWritten }
  }
}

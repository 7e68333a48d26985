import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing
import TiledExec

/// The shadow arena finds nothing in what is right, and just what is wrong in the rest.
@Suite struct ShadowTests {
  private static let t0 = "serving_default_keras_tensor:0"
  private static let t9 = "residual_block_1/conv0_1/Relu"
  private static let t10 = "residual_block_1/conv1_1/BiasAdd"

  @Test(arguments: Fixtures.names) func validPlans(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    let recorded = try #require(try GraphRecording.cases(of: name, profile: "tflm").last)
    let groups = try #require(FixtureTilings.byName[name]).all
    let plans =
      [Plan.identity(graph, profile: .tflm), TilingLowering.untiled(graph, profile: .tflm)]
      + (try groups.map {
        try TilingLowering.plan(
          Tiling(modelHash: graph.modelHash, groups: [$0]), for: graph, profile: .tflm)
      })
    for plan in plans {
      let executor = try Executor(PlanBinding(plan, to: graph), isGuarded: true)
      let plain = try executor.run(recorded.inputs)
      let shadowed = try executor.run(recorded.inputs, isShadowed: true)
      #expect(shadowed.shadowFindings == [])
      #expect(shadowed.outputs == recorded.outputs)
      #expect(shadowed.highestByteWritten == plain.highestByteWritten)
      #expect(plain.shadowFindings == [])
    }
  }

  /// Copies, several views of one place, and what the caller holds.
  @Test func validPlansByHand() throws {
    let found = try findings { plan in
      let whole = plan.buffers[1].region
      let copy = plan.add(
        PlanBuffer(
          name: "copy", tensor: 9, element: .int8, region: whole, rings: [1: 16],
          offset: plan.peakInBytes))
      plan.steps[0].outputs.append(.init(buffer: copy, region: whole))
      plan.steps[1].inputs[0] = copy
      for buffer in [0, 6] {
        plan.buffers[buffer].memory = .host
        plan.buffers[buffer].offset = 0
      }
    }
    #expect(found == [])
  }

  @Test func anOperandThatAnotherTensorHasCovered() throws {
    let found = try findings { $0.buffers[1].offset = $0.buffers[0].offset }
    #expect(
      found == [
        .staleRead(
          step: 2, tensor: Self.t0, isSum: false, count: 1536, first: [0, 0, 0, 0],
          instead: .element(tensor: Self.t9, coordinate: [0, 0, 0, 0], writtenBy: 0))
      ])
  }

  @Test func rowsThatAreNeverWritten() throws {
    let found = try findings { $0.steps[0].outputs[0].region[1] = 0..<10 }
    #expect(
      found == [
        .unwrittenRead(
          step: 1, tensor: Self.t9, isSum: false, count: 576, first: [0, 10, 0, 0])
      ])
  }

  @Test func aKernelThatWritesOutsideItsTile() throws {
    let found = try findings(.shiftsRows) { plan in
      plan.steps.insert(plan.steps[1], at: 2)
      plan.steps[1].outputs[0].region[1] = 0..<8
      plan.steps[2].outputs[0].region[1] = 8..<16
    }
    let start = 2 * 1536
    #expect(
      found == [
        .writeOutsideTile(
          step: 1, tensor: Self.t10, count: 96,
          first: TouchedPlace(
            address: start + 8 * 96, buffer: "t10", coordinate: [0, 8, 0, 0], occupant: .nothing)),
        .writeOutsideTile(
          step: 2, tensor: Self.t10, count: 96,
          first: TouchedPlace(
            address: start + 1536, buffer: nil, coordinate: nil, occupant: .nothing)),
        .unwrittenRead(
          step: 3, tensor: Self.t10, isSum: false, count: 192, first: [0, 0, 0, 0]),
      ])
  }

  @Test func aKernelThatLeavesAChannel() throws {
    #expect(
      try findings(.leavesChannel) { _ in } == [
        .unwrittenRead(
          step: 2, tensor: Self.t10, isSum: false, count: 192, first: [0, 0, 0, 7])
      ])
  }

  @Test func aKernelThatFinishesSumsThatItNeverStarted() throws {
    #expect(
      try findings(.forgetsSums) { _ in } == [
        .unwrittenRead(
          step: 1, tensor: Self.t10, isSum: true, count: 192, first: [0, 0, 0, 7])
      ])
  }

  /// Right in a place of its own, wrong on its operand.
  @Test func aKernelThatCoversWhatItHasYetToRead() throws {
    #expect(try findings(.goesRowByRow) { _ in } == [])
    let found = try findings(.goesRowByRow) { $0.buffers[2].offset = $0.buffers[1].offset }
    #expect(
      found == [
        .staleRead(
          step: 1, tensor: Self.t9, isSum: false, count: 1440, first: [0, 0, 0, 0],
          instead: .element(tensor: Self.t10, coordinate: [0, 0, 0, 0], writtenBy: 1))
      ])
  }

  @Test func aKernelThatReadsOutsideItsOperands() throws {
    let found = try findings(.addsAllChannels) { plan in
      let whole = plan.buffers[2].region
      let sums = plan.add(
        PlanBuffer(
          name: "sums", tensor: 10, element: .int32, region: whole, offset: plan.peakInBytes))
      let finish = PlanStep(
        op: 1, phase: .finish, inputs: [nil, nil, nil], outputs: plan.steps[1].outputs,
        sums: .init(buffer: sums, region: whole))
      let slices = [0..<4, 4..<8].enumerated().map { index, channels in
        var reduce = plan.buffers[1].region
        reduce[3] = channels
        return PlanStep(
          op: 1, phase: index == 0 ? .start : .add, inputs: plan.steps[1].inputs, reduce: reduce,
          sums: .init(buffer: sums, region: whole))
      }
      plan.steps.replaceSubrange(1...1, with: slices + [finish])
    }
    func outside(_ step: Int, _ channel: Int) -> ShadowFinding {
      .readOutsideOperands(
        step: step, count: 768,
        first: TouchedPlace(
          address: 1536 + channel, buffer: "t9", coordinate: [0, 0, 0, channel],
          occupant: .element(tensor: Self.t9, coordinate: [0, 0, 0, channel], writtenBy: 0)))
    }
    #expect(found == [outside(1, 4), outside(2, 0)])
  }

  @Test func messagesSayWhatWasMeant() {
    #expect(
      ShadowFinding.unwrittenRead(step: nil, tensor: "a", isSum: false, count: 2, first: [0, 1])
        .description
        == "after the last step: reads 2 elements of a that were never written, the first at [0, 1]"
    )
    #expect(
      ShadowFinding.writeOutsideTile(
        step: 3, tensor: "a", count: 1,
        first: TouchedPlace(
          address: 96, buffer: "b", coordinate: [4],
          occupant: .sum(tensor: "c", coordinate: [5], writtenBy: 2))
      ).description
        == "step 3: writes 1 places outside its tile of a, the first at byte 96, [4] of buffer b: "
        + "a sum of c [5] lies there, written by step 2")
  }

  /// What a run of an edit of the identity plan of `residual_block` shows, with a fault in its second
  /// convolution.
  private func findings(
    _ fault: FaultyConvolution.Fault? = nil, _ edit: (inout Plan) -> Void
  ) throws -> [ShadowFinding] {
    var graph = try GraphFixture.graph("residual_block")
    if let fault { graph = try FaultyConvolution.graph(graph, op: 1, fault) }
    var plan = Plan.identity(graph, profile: .tflm)
    // No two buffers share a place unless the edit says so.
    var end = 0
    for index in plan.buffers.indices {
      plan.buffers[index].offset = end
      end += plan.buffers[index].sizeInBytes
    }
    edit(&plan)
    let recorded = try #require(
      try GraphRecording.cases(of: "residual_block", profile: "tflm").last)
    let executor = try Executor(PlanBinding(plan, to: graph))
    return try executor.run(recorded.inputs, isShadowed: true).shadowFindings
  }
}

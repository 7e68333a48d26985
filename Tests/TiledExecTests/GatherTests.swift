import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec

/// Where outputs may lie after the last step.
@Suite struct GatherTests {
  private static let output = Region([0..<1, 0..<4, 0..<3, 0..<16])

  @Test func severalTilesInBuffersOfTheirOwn() throws {
    try expectRecordedOutputs { plan in
      plan.buffers.remove(at: 6)
      plan.steps.removeLast()
      for (rows, columns, depths) in [
        (0..<1, 0..<3, 0..<16), (1..<4, 0..<1, 0..<16), (1..<4, 1..<3, 0..<5),
        (1..<4, 1..<3, 5..<16),
      ] {
        let tile = Region([0..<1, rows, columns, depths])
        let buffer = plan.add(
          PlanBuffer(
            name: "tile\(rows)\(columns)\(depths)", tensor: 14, element: .int8, region: tile,
            offset: plan.peakInBytes))
        plan.steps.append(
          PlanStep(op: 5, inputs: [5], outputs: [.init(buffer: buffer, region: tile)]))
      }
    }
  }

  @Test func tilesThatOverlap() throws {
    try expectRecordedOutputs { plan in
      let rows = Region([0..<1, 1..<3, 0..<3, 0..<16])
      let buffer = plan.add(
        PlanBuffer(
          name: "rows", tensor: 14, element: .int8, region: rows, offset: plan.peakInBytes))
      plan.steps.append(
        PlanStep(op: 5, inputs: [5], outputs: [.init(buffer: buffer, region: rows)]))
    }
  }

  @Test func copiesToSeveralDestinations() throws {
    try expectRecordedOutputs { plan in
      // The first convolution goes to three buffers, and each third of the second reads another.
      let whole = plan.buffers[1].region
      for name in ["copy", "ring"] {
        let buffer = plan.add(
          PlanBuffer(
            name: name, tensor: 9, element: .int8, region: whole,
            rings: name == "ring" ? [1: 16, 3: 8] : [:], offset: plan.peakInBytes))
        plan.steps[0].outputs.append(.init(buffer: buffer, region: whole))
      }
      let second = plan.steps[1]
      plan.steps.remove(at: 1)
      for (index, rows) in [0..<5, 5..<11, 11..<16].enumerated() {
        var step = second
        step.inputs[0] = [1, 7, 8][index]
        step.outputs[0].region[1] = rows
        plan.steps.insert(step, at: 1)
      }
    }
  }

  @Test func anOutputCopiedIntoHostMemory() throws {
    try expectRecordedOutputs { plan in
      let buffer = plan.add(
        PlanBuffer(name: "host", tensor: 14, element: .int8, region: Self.output, memory: .host))
      plan.steps[5].outputs.append(.init(buffer: buffer, region: Self.output))
      // The arena's copy is lost: another tensor takes its place.
      plan.buffers[6].offset = plan.buffers[5].offset
      plan.steps.append(plan.steps[4])
    }
  }

  @Test func aRingInAnotherPlaceIsPassedOver() throws {
    try expectRecordedOutputs { plan in
      let buffer = plan.add(
        PlanBuffer(
          name: "ring", tensor: 14, element: .int8, region: Self.output, rings: [1: 1],
          offset: plan.peakInBytes))
      var row = Self.output
      row[1] = 2..<3
      plan.steps.append(PlanStep(op: 5, inputs: [5], outputs: [.init(buffer: buffer, region: row)]))
    }
  }

  @Test func anInputGivenInTwoBuffers() throws {
    try expectRecordedOutputs { plan in
      let low = Region([0..<1, 3..<16, 0..<12, 0..<8])
      let buffer = plan.add(
        PlanBuffer(
          name: "low", tensor: 0, element: .int8, region: low, offset: plan.peakInBytes))
      var second = plan.steps[2]
      plan.steps[2].outputs[0].region[1] = 0..<3
      second.inputs[1] = buffer
      second.outputs[0].region[1] = 3..<16
      plan.steps.insert(second, at: 3)
    }
  }

  /// `finish` takes the sums away, so that its result may lie where they were.
  @Test func anOutputInThePlaceOfItsSums() throws {
    try expectRecordedOutputs { plan in
      let offset = plan.peakInBytes
      let sums = plan.add(
        PlanBuffer(
          name: "sums", tensor: 14, element: .int32, region: Self.output, offset: offset))
      plan.buffers[6].offset = offset
      plan.steps[5] = PlanStep(
        op: 5, phase: .start, inputs: [5], sums: .init(buffer: sums, region: Self.output))
      plan.steps.append(
        PlanStep(
          op: 5, phase: .finish, inputs: [nil],
          outputs: [.init(buffer: 6, region: Self.output)],
          sums: .init(buffer: sums, region: Self.output)))
    }
  }

  /// Two buffers may show the same elements at the same addresses.
  @Test func anOutputWrittenThroughARingOfTheSamePlace() throws {
    try expectRecordedOutputs { plan in
      let ring = plan.add(
        PlanBuffer(
          name: "ring", tensor: 14, element: .int8, region: Self.output, rings: [1: 4],
          offset: plan.buffers[6].offset))
      plan.steps[5].outputs[0].buffer = ring
    }
  }

  private func expectRecordedOutputs(_ edit: (inout Plan) throws -> Void) throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = Plan.identity(graph, profile: .tflm)
    try edit(&plan)
    let executor = try Executor(PlanBinding(plan, to: graph))
    for recorded in try GraphRecording.cases(of: "residual_block", profile: "tflm") {
      #expect(try executor.run(recorded.inputs).outputs == recorded.outputs)
    }
  }
}

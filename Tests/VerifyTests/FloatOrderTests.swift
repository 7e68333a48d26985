import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing
import Verify

/// Sums of floats in other orders: equal over the real numbers, not byte for byte.
@Suite struct FloatOrderTests {
  private let graph: Graph

  init() throws { graph = try GraphFixture.graph("magic_wand") }

  /// The pool and the last map streamed into the first fully connected layer, row by row.
  private func streamed() throws -> Plan {
    let group = FusedGroup(ops: [2, 3], mode: .line)
    return try TilingLowering.plan(
      Tiling(modelHash: graph.modelHash, groups: [group]), for: graph, profile: .tflm)
  }

  /// Operator 2, a convolution from 8 channels, by two slices of its operand's channels.
  private func plan(_ slices: [Range<Int>]) throws -> Plan {
    var plan = TilingLowering.untiled(
      graph, profile: .tflm, options: PlanningOptions(inPlace: .none))
    let step = plan.steps[2]
    let output = step.outputs[0]
    var sums = plan.buffers[output.buffer]
    sums.name = "sums"
    sums.offset = (plan.peakInBytes + 15) / 16 * 16
    plan.buffers.append(sums)
    let destination = PlanStep.Destination(
      buffer: plan.buffers.count - 1, region: output.region)
    let whole = graph.whole(try #require(graph.nodes[2].inputs[0]))
    let parts = slices.enumerated().map { index, slice in
      var reduce = whole
      reduce[3] = slice
      return PlanStep(
        op: 2, phase: index == 0 ? .start : .add, inputs: step.inputs, reduce: reduce,
        sums: destination)
    }
    let finish = PlanStep(
      op: 2, phase: .finish, inputs: step.inputs.map { _ in nil }, outputs: [output],
      sums: destination)
    plan.steps.replaceSubrange(2...2, with: parts + [finish])
    return plan
  }

  private func verify(_ plan: Plan, samples: Int, tolerance: Double = 0) throws -> Report {
    let binding = try PlanBinding(plan, to: graph)
    return try Verifier.verify(
      binding, on: Sample.standard(for: graph, random: samples, seed: 1), seed: 2,
      floatTolerance: tolerance)
  }

  /// A window of four rows takes its channels row by row: slices of channels come in another order.
  @Test func slicesOfAWindowReorder() throws {
    let plan = try plan([0..<3, 3..<8])
    #expect(try !PlanBinding(plan, to: graph).keepsOrderOfFloatSums)
    for samples in [1, 16] {
      let report = try verify(plan, samples: samples)
      #expect(report.symbolic?.isEqual == true)
      guard case .inconclusive(let reasons) = report.verdict, reasons.count == 1,
        case .reordersFloatSums(let difference) = reasons[0]
      else {
        Issue.record("\(report.verdict)")
        return
      }
      #expect(difference < 1e-5)
    }
    #expect(try verify(plan, samples: 2, tolerance: 1e-5).verdict == .equivalent)
  }

  @Test func aSliceOfAllKeepsTheOrder() throws {
    let plan = try plan([0..<8])
    #expect(try PlanBinding(plan, to: graph).keepsOrderOfFloatSums)
    #expect(try verify(plan, samples: 2).verdict == .equivalent)
  }

  /// Sums that are started again in part, in between, are no order that is known.
  @Test func sharedSumsCountAsReordered() throws {
    var plan = try plan([0..<8])
    var part = plan.steps[2]
    part.sums?.region[1] = 0..<1
    plan.steps.insert(part, at: 3)
    #expect(try !PlanBinding(plan, to: graph).keepsOrderOfFloatSums)
  }

  @Test func rowsKeepTheOrder() throws {
    #expect(try PlanBinding(streamed(), to: graph).keepsOrderOfFloatSums)
  }

  /// A 1 x 1 window sums channels alone: slices of them keep each pixel's order.
  @Test func slicesOfAPixelKeepTheOrder() throws {
    let kernel = Operand(
      TensorType(.float32, Shape(1, 1, 1, 4)), constant: Bytes(copying: [1, 2, 3, 4] as [Float]))
    let operation = try Conv2D(
      Conv2D.builtins[0], options: OptionValues([0: .int8(1), 1: .int32(1), 2: .int32(1)]))
    let (input, output) = (Shape(1, 2, 2, 4), Shape(1, 2, 2, 1))
    let graph = try Graph(
      tensors: [
        GraphTensor(name: "in", type: TensorType(.float32, input), constant: nil),
        GraphTensor(name: "weights", type: kernel.type, constant: kernel.constant),
        GraphTensor(name: "out", type: TensorType(.float32, output), constant: nil),
      ], nodes: [(operation: operation, inputs: [0, 1], outputs: [2])], inputs: [0], outputs: [2],
      modelHash: "built")
    func buffer(_ name: String, _ tensor: Int, _ shape: Shape, _ offset: Int) -> PlanBuffer {
      PlanBuffer(
        name: name, tensor: tensor, element: .float32, region: Region(whole: shape),
        offset: offset)
    }
    let sums = PlanStep.Destination(buffer: 1, region: Region(whole: output))
    func slice(_ channels: Range<Int>, _ phase: PlanStep.Phase) -> PlanStep {
      var reduce = Region(whole: input)
      reduce[3] = channels
      return PlanStep(op: 0, phase: phase, inputs: [0, nil], reduce: reduce, sums: sums)
    }
    for (slices, keeps) in [([0..<2, 2..<4], true), ([2..<4, 0..<2], false)] {
      let plan = Plan(
        modelHash: "built", profile: "tflm", alignment: 4,
        buffers: [
          buffer("in", 0, input, 0), buffer("sums", 2, output, 64), buffer("out", 2, output, 80),
        ],
        steps: [
          slice(slices[0], .start), slice(slices[1], .add),
          PlanStep(
            op: 0, phase: .finish, inputs: [nil, nil],
            outputs: [PlanStep.Destination(buffer: 2, region: Region(whole: output))], sums: sums),
        ])
      #expect(try PlanBinding(plan, to: graph).keepsOrderOfFloatSums == keeps)
    }
  }
}

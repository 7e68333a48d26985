import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec
import Verify

/// Where a result may lie on what the same step reads.
@Suite struct InPlaceTests {
  /// The identity plan of a fixture with the buffer of `result` moved to that of `operand`, `shift`
  /// bytes up.
  private func plan(
    _ name: String, _ result: String, on operand: String, shift: Int = 0
  ) throws -> PlanBinding {
    let graph = try GraphFixture.graph(name)
    var plan = Plan.identity(graph, profile: .tflm)
    let offset = plan.buffers[try plan.index(of: operand)].offset
    try plan.edit(result) { $0.offset = offset + shift }
    return try PlanBinding(plan, to: graph)
  }

  @Test(arguments: [
    ("keyword_spotter", "t32", "t31"), ("keyword_spotter", "t34", "t33"),
    ("residual_block", "t11", "t10"), ("keyword_spotter", "t31", "t30"),
  ]) func elementOnElement(_ name: String, _ result: String, _ operand: String) throws {
    let binding = try plan(name, result, on: operand)
    #expect(OwnershipWalk.findings(in: binding) == [])
    let report = try Verifier.verify(
      binding, on: Sample.standard(for: binding.graph, random: 2, seed: 4), seed: 0)
    #expect(report.verdict == .equivalent)
  }

  /// Sums that start below their operand have read what they cover.
  @Test func belowTheOperand() throws {
    let binding = try plan("residual_block", "t11", on: "t10", shift: -16)
    #expect(OwnershipWalk.findings(in: binding) == [])
  }

  /// ADD also reads the network's input, and may take its place as nobody reads it later.
  @Test func onTheOtherOperand() throws {
    let binding = try plan("residual_block", "t11", on: "t0")
    #expect(OwnershipWalk.findings(in: binding) == [])
    #expect(
      try Verifier.verify(
        binding, on: Sample.standard(for: binding.graph, random: 2, seed: 4), seed: 0
      ).verdict == .equivalent)
  }

  @Test(arguments: [
    ("keyword_spotter", "t32", "t31", 16, 10, 48), ("keyword_spotter", "t32", "t31", 48, 10, 16),
    ("residual_block", "t11", "t10", 16, 2, 1520),
  ]) func elementsOnOthers(
    _ name: String, _ result: String, _ operand: String, _ shift: Int, _ step: Int, _ count: Int
  ) throws {
    let binding = try plan(name, result, on: operand, shift: shift)
    let graph = binding.graph
    let node = graph.nodes[step]
    let tensors = try [#require(node.inputs[0]), node.outputs[0]]
    // Below its operand, the result's first elements lie on nothing that is read.
    let first = graph.tensors[tensors[1]].type.shape.coordinate(at: max(0, -shift))
    let finding = Finding.overwritesOperand(
      step: step, tensor: graph.tensors[tensors[1]].shortName,
      operandTensor: graph.tensors[tensors[0]].shortName, count: count, first: first)
    #expect(OwnershipWalk.findings(in: binding) == [finding])
  }

  /// Of a pixel whose channels all read one another only the last may be covered; of a depthwise window only
  /// the last pixel; of a product of matrices only what the last result covers.
  @Test(arguments: [
    ("keyword_spotter", "t24", "t23", 2, 125 * 63), ("keyword_spotter", "t23", "t22", 1, 124 * 64),
    ("keyword_spotter", "t33", "t32", 11, 11), ("residual_block", "t13", "t12", 4, 384),
  ]) func operatorsThatReadMoreThanOnce(
    _ name: String, _ result: String, _ operand: String, _ step: Int, _ count: Int
  ) throws {
    let binding = try plan(name, result, on: operand)
    let graph = binding.graph
    let node = graph.nodes[step]
    let operandTensor = try #require(node.inputs[0])
    let rank = graph.whole(node.outputs[0]).rank
    #expect(
      OwnershipWalk.findings(in: binding) == [
        .overwritesOperand(
          step: step, tensor: graph.tensors[node.outputs[0]].shortName,
          operandTensor: graph.tensors[operandTensor].shortName, count: count,
          first: [Int](repeating: 0, count: rank))
      ])
  }

  /// An operand that is broadcast is read again after the first result has been written.
  @Test func aBroadcastOperandIsNoPlace() throws {
    var builder = GraphBuilder()
    let wide = try builder.input([1, 2, 2, 4])
    let narrow = try builder.input([1, 1, 1, 4])
    let sum = try builder.add(wide, narrow)
    let graph = try builder.graph(outputs: [sum])
    func findings(_ offset: Int) throws -> [Finding] {
      var plan = Plan.identity(graph, profile: .tflm)
      plan.buffers[2].offset = offset
      return OwnershipWalk.findings(in: try PlanBinding(plan, to: graph))
    }
    #expect(try findings(0) == [], "the wide operand is")
    #expect(
      try findings(16) == [
        .overwritesOperand(
          step: 0, tensor: "node0", operandTensor: "in", count: 4, first: [0, 0, 0, 0])
      ])
  }

  /// A network of one operator, input and result as near as its tiling rule allows, or nearer.
  @Test(arguments: OverlapCase.all) func resultsBeforeTheirOperand(_ test: OverlapCase) throws {
    var builder = GraphBuilder(seed: 5)
    let result = try test.add(to: &builder)
    let graph = try builder.graph(outputs: [result])
    func binding(_ distance: Int) throws -> PlanBinding {
      var plan = Plan.identity(graph, profile: .tflm)
      plan.alignment = 1
      try plan.edit("t0") { $0.offset = distance }
      try plan.edit("t\(result)") { $0.offset = 0 }
      return try PlanBinding(plan, to: graph)
    }
    #expect(OwnershipWalk.findings(in: try binding(test.distance)) == [])
    let report = try Verifier.verify(
      binding(test.distance), on: Sample.standard(for: graph, random: 2, seed: 4), seed: 0)
    #expect(report.verdict == .equivalent)
    #expect(
      OwnershipWalk.findings(in: try binding(test.distance - 1)).contains {
        if case .overwritesOperand = $0 { true } else { false }
      })
  }

  /// An operator on an input of [1, 6, 5, 4], and the least distance to its result, worked out by hand.
  struct OverlapCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let distance: Int
    private let build: @Sendable (inout GraphBuilder, Int) throws -> Int

    func add(to builder: inout GraphBuilder) throws -> Int {
      try build(&builder, try builder.input([1, 6, 5, 4]))
    }

    static let all = [
      // Pixel p is read for the last time by its result's last channel, the 8th: 8p + 7 - 4p, p = 29.
      OverlapCase(testDescription: "1 x 1 to 8 channels", distance: 4 * 29 + 7) { builder, input in
        try builder.convolution(input, channels: 8, window: [1, 1])
      },
      // To fewer channels the distance is largest at the first pixel.
      OverlapCase(testDescription: "1 x 1 to 3 channels", distance: 2) { builder, input in
        try builder.convolution(input, channels: 3, window: [1, 1])
      },
      // A pixel is read last a row and a pixel later, by the last channel.
      OverlapCase(testDescription: "3 x 3", distance: 6 * 4 + 3) { builder, input in
        try builder.convolution(input, channels: 4, window: [3, 3])
      },
      // By its own channel alone.
      OverlapCase(testDescription: "depthwise", distance: 6 * 4) { builder, input in
        try builder.depthwise(input, window: [3, 3])
      },
      OverlapCase(testDescription: "pool", distance: 6 * 4) { builder, input in
        try builder.pool(input, window: [3, 3], stride: [1, 1], isSame: true)
      },
    ]
  }

  @Test func twoBuffersMayShowTheSameElements() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = Plan.identity(graph, profile: .tflm)
    // Rows 4 to 8 of the first convolution, seen through a buffer of their own.
    var rows = graph.whole(9)
    rows[1] = 4..<9
    let view = plan.add(
      PlanBuffer(
        name: "view", tensor: 9, element: .int8, region: rows,
        offset: plan.buffers[1].offset + 4 * 96))
    var step = plan.steps[1]
    step.inputs[0] = view
    step.outputs[0].region[1] = 5..<8
    plan.steps.insert(step, at: 2)
    let binding = try PlanBinding(plan, to: graph)
    let report = try Verifier.verify(
      binding, on: Sample.standard(for: graph, random: 1, seed: 1), seed: 0)
    #expect(report.verdict == .equivalent)
    // Eight bytes further on it shows other elements.
    plan.buffers[view].offset += 16
    #expect(
      OwnershipWalk.findings(in: try PlanBinding(plan, to: graph)) == [
        .notThere(
          step: 2, operand: 0, tensor: FaultCase.t9, count: 480, first: [0, 4, 0, 0],
          instead: .element(tensor: FaultCase.t9, coordinate: [0, 4, 2, 0], writtenBy: 0))
      ])
  }
}

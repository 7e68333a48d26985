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
    ("residual_block", "t11", "t10"),
  ]) func elementOnElement(_ name: String, _ result: String, _ operand: String) throws {
    let binding = try plan(name, result, on: operand)
    #expect(OwnershipWalk.findings(in: binding) == [])
    let report = try Verifier.verify(
      binding, on: Sample.standard(for: binding.graph, random: 2, seed: 4), seed: 0)
    #expect(report.verdict == .equivalent)
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
    ("residual_block", "t11", "t10", 16, 2, 1520), ("residual_block", "t11", "t10", -16, 2, 1520),
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

  @Test(arguments: [
    ("keyword_spotter", "t24", "t23", 2, 8000), ("keyword_spotter", "t23", "t22", 1, 8000),
    ("keyword_spotter", "t31", "t30", 9, 64), ("keyword_spotter", "t33", "t32", 11, 12),
    ("residual_block", "t13", "t12", 4, 384),
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

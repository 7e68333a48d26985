import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec
import Verify

/// What fingerprints must tell apart by themselves, with no help from the ownership walk.
@Suite struct FingerprintPlacesTests {
  /// Bytes 2 to 5 of two equal floats are no float, though each comes from one.
  @Test func bytesOfEqualNeighbours() throws {
    let type = TensorType(.float32, Shape(1, 2), nil)
    let half = TensorType(.float32, Shape(1, 1), nil)
    let join = try operation(2, [0: .int32(1)])
    let relu = try operation(19, [:])
    let graph = try Graph(
      tensors: [half, type, type].enumerated().map { GraphTensor(name: "t\($0)", type: $1) },
      nodes: [(join, [0, 0], [1]), (relu, [1], [2])], inputs: [0], outputs: [2],
      modelHash: "hash")
    var plan = Plan.identity(graph, profile: .tflm)
    plan.alignment = 2
    let shifted = plan.add(
      PlanBuffer(
        name: "shifted", tensor: 1, element: .float32, region: Region([0..<1, 0..<1]),
        offset: plan.buffers[1].offset + 2))
    let rest = plan.steps[1].inputs[0]
    plan.steps[1].outputs[0].region = Region([0..<1, 1..<2])
    var first = plan.steps[1]
    first.inputs[0] = shifted
    first.outputs[0].region = Region([0..<1, 0..<1])
    #expect(rest == plan.steps[1].inputs[0])
    try expectUnequal(plan.with(step: first), graph)
  }

  /// A window of a zero and an element, and one of that element alone, have one sum and two means.
  @Test func meansOfOneSumAndTwoCounts() throws {
    let quantization = Quantization(scale: 0.5, zeroPoint: 0)
    func int8(_ width: Int) -> TensorType {
      TensorType(.int8, Shape(1, 1, width, 1), quantization)
    }
    let paddings = TensorType(.int32, Shape(4, 2), nil)
    let pad = try operation(34, [:])
    let pool = try operation(
      1,
      [0: .int8(0), 1: .int32(1), 2: .int32(1), 3: .int32(2), 4: .int32(1)])
    let relu = try operation(19, [:])
    let graph = try Graph(
      tensors: [
        GraphTensor(name: "x", type: int8(1)),
        GraphTensor(
          name: "paddings", type: paddings,
          constant: Bytes(copying: [0, 0, 0, 0, 1, 0, 0, 0] as [Int32])),
        GraphTensor(name: "padded", type: int8(2)), GraphTensor(name: "means", type: int8(2)),
        GraphTensor(name: "result", type: int8(2)),
      ],
      nodes: [(pad, [0, 1], [2]), (pool, [2], [3]), (relu, [3], [4])], inputs: [0], outputs: [4],
      modelHash: "hash")
    var plan = Plan.identity(graph, profile: .tflm)
    // What is read as the first mean is the second.
    let means = try #require(plan.steps[2].inputs[0])
    let other = plan.add(
      PlanBuffer(
        name: "other", tensor: 3, element: .int8, region: Region([0..<1, 0..<1, 0..<1, 0..<1]),
        offset: plan.buffers[means].offset + 1))
    plan.alignment = 1
    plan.steps[2].outputs[0].region = Region([0..<1, 0..<1, 1..<2, 0..<1])
    var first = plan.steps[2]
    first.inputs[0] = other
    first.outputs[0].region = Region([0..<1, 0..<1, 0..<1, 0..<1])
    try expectUnequal(plan.with(step: first), graph)
  }

  private func operation(
    _ code: Int, _ options: [Int: OptionValues.Value]
  ) throws -> any Ops.Operator {
    let (family, builtin) = try #require(Catalog.operation(code: code))
    return try family.init(builtin, options: OptionValues(options))
  }

  private func expectUnequal(_ plan: Plan, _ graph: Graph) throws {
    let identity = try Executor(PlanBinding(Plan.identity(graph, profile: .tflm), to: graph))
    let executor = try Executor(PlanBinding(plan, to: graph))
    let reference = try NetworkExecutor(graph, profile: .tflm)
    #expect(try SymbolicCheck.run(identity, reference: reference, seed: 1).isEqual)
    #expect(try !SymbolicCheck.run(executor, reference: reference, seed: 1).isEqual)
    #expect(!OwnershipWalk.findings(in: executor.binding).isEmpty)
  }
}

extension Plan {
  /// The same plan with one more step at the end.
  fileprivate func with(step: PlanStep) -> Plan {
    var plan = self
    plan.steps.append(step)
    return plan
  }
}

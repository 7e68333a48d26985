import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec
import Verify

/// The first difference is located, here in plans that the static check would refuse.
@Suite struct DifferentialCheckTests {
  /// Before the pool's second tile, one element of its operand is overwritten by one of the first
  /// convolution: one element of the pool differs, by the mean of four codes.
  @Test(arguments: [[0, 4, 0, 0], [0, 5, 3, 7], [0, 7, 5, 15]])
  func oneElementThatIsOverwritten(_ victim: [Int]) throws {
    let graph = try GraphFixture.graph("residual_block")
    let binding = try PlanBinding(
      Self.overwriting(victim, by: (0, [0, 0, 0, 0]), graph), to: graph)
    #expect(OwnershipWalk.findings(in: binding).count == 1)
    var different = 0
    for sample in Sample.standard(for: graph, random: 12, seed: 1).dropFirst(3) {
      let values = try TensorValues(graph, sample.inputs)
      let pooled = [0, victim[1] / 2, victim[2] / 2, victim[3]]
      let taps = [0, 1].flatMap { y in
        [0, 1].map { x in [0, pooled[1] * 2 + y, pooled[2] * 2 + x, victim[3]] }
      }
      let intruder = values.code(of: 9, at: [0, 0, 0, 0])
      let sum = taps.reduce(0) { $0 + ($1 == victim ? intruder : values.code(of: 13, at: $1)) }
      let mean = (sum > 0 ? sum + 2 : sum - 2) / 4
      let expected = values.code(of: 14, at: pooled)
      let result = try DifferentialCheck.run(binding, on: [sample])
      #expect(result.sampleCount == 1)
      guard mean != expected else {
        #expect(result.difference == nil)
        continue
      }
      different += 1
      let found = try #require(result.difference)
      #expect(found.sample == sample.name)
      #expect(found.tensor == FaultCase.t14)
      #expect(found.coordinate == pooled)
      #expect(found.tile == Region([0..<1, 2..<4, 0..<3, 0..<16]))
      #expect(found.step == 7)
      #expect(found.producer == 5)
      #expect(found.producerName == "AVERAGE_POOL_2D")
      #expect(found.expected == ElementValue(.int8, [UInt8(truncatingIfNeeded: expected)]))
      #expect(found.actual == ElementValue(.int8, [UInt8(truncatingIfNeeded: mean)]))
      #expect(found.count == 1)
    }
    #expect(different > 4)
  }

  /// On a constant input all pixels far from the edges are equal: to overwrite one by another shows
  /// on random inputs alone.
  @Test func theFirstSampleThatShowsIt() throws {
    let graph = try GraphFixture.graph("residual_block")
    let binding = try PlanBinding(
      Self.overwriting([0, 5, 3, 7], by: (4, [0, 4, 2, 7]), graph), to: graph)
    let samples = Sample.standard(for: graph, random: 2, seed: 8)
    let quiet = try DifferentialCheck.run(binding, on: Array(samples[..<3]))
    #expect(quiet.difference == nil)
    #expect(quiet.sampleCount == 3)
    let loud = try DifferentialCheck.run(binding, on: samples)
    #expect(loud.sampleCount == 4)
    #expect(loud.difference?.sample == samples[3].name)
    #expect(loud.difference?.coordinate == [0, 2, 1, 7])
  }

  /// A slice that is never added: the convolution itself differs, before what is made from it.
  @Test func aLostPartialSum() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = BlockPlans.channels(graph)
    plan.steps.remove(at: 3)
    let sample = Sample.standard(for: graph, random: 1, seed: 0)[3]
    let binding = try PlanBinding(plan, to: graph)
    let found = try #require(try DifferentialCheck.run(binding, on: [sample]).difference)
    let values = try TensorValues(graph, sample.inputs)
    let half = try Self.elements(binding, [sample.inputs[0]], after: 3)
    let wrong = half.indices.filter { half[$0] != values.codes(of: 10)[$0] }
    let first = try #require(wrong.first)
    #expect(found.step == 3)
    #expect(found.producer == 1)
    #expect(found.producerName == "CONV_2D")
    #expect(found.tensor == FaultCase.t10)
    #expect(found.tile == graph.whole(10))
    #expect(found.count == wrong.count)
    #expect(found.coordinate == graph.tensors[10].type.shape.coordinate(at: first))
    #expect(found.expected == ElementValue(.int8, [UInt8(bitPattern: values.codes(of: 10)[first])]))
    #expect(found.actual == ElementValue(.int8, [UInt8(bitPattern: half[first])]))
  }

  /// Rows of a tile count from the whole tensor's first one.
  @Test func aStaleRow() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = BlockPlans.line(graph)
    plan.steps.remove(at: 14)
    let sample = Sample.standard(for: graph, random: 1, seed: 0)[3]
    let found = try #require(
      try DifferentialCheck.run(PlanBinding(plan, to: graph), on: [sample]).difference)
    #expect(found.step == 14)
    #expect(found.producer == 1)
    #expect(found.tile == FaultCase.rows(4..<5))
    #expect(found.coordinate[1] == 4)
  }

  @Test func nothingToFind() throws {
    let graph = try GraphFixture.graph("residual_block")
    for plan in [
      BlockPlans.recompute(graph), BlockPlans.channels(graph), BlockPlans.line(graph),
    ] {
      let samples = Sample.standard(for: graph, random: 2, seed: 0)
      let result = try DifferentialCheck.run(PlanBinding(plan, to: graph), on: samples)
      #expect(result.difference == nil)
      #expect(result.sampleCount == 5)
      #expect(result.referenceMACs == graph.macs)
      #expect(result.measuredPeakInBytes == plan.peakInBytes)
    }
    let none = try DifferentialCheck.run(
      PlanBinding(BlockPlans.line(graph), to: graph), on: [])
    #expect(none.sampleCount == 0)
    #expect(none.measuredPeakInBytes == 0)
  }

  @Test func whatCannotBeRunIsThrown() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = BlockPlans.line(graph)
    plan.steps.removeLast()
    let binding = try PlanBinding(plan, to: graph)
    let samples = Sample.standard(for: graph, random: 0, seed: 0)
    #expect(
      throws: ExecutionError.outputIncomplete(tensor: FaultCase.t14, missing: 192)
    ) { try DifferentialCheck.run(binding, on: samples) }
    let sound = try PlanBinding(BlockPlans.line(graph), to: graph)
    #expect(throws: ExecutionError.inputMismatch(input: nil, expected: 1, found: 0)) {
      try DifferentialCheck.run(sound, on: [Sample(name: "none", inputs: [])])
    }
  }

  /// The identity with the pool in two tiles, and with one element of an operator's result computed
  /// again into the place of one element of the pool's operand between them.
  private static func overwriting(
    _ victim: [Int], by intruder: (op: Int, coordinate: [Int]), _ graph: Graph
  ) throws -> Plan {
    var plan = Plan.identity(graph, profile: .tflm)
    let pixel = Region(intruder.coordinate.map { $0..<$0 + 1 })
    let spot = plan.add(
      PlanBuffer(
        name: "spot", tensor: graph.nodes[intruder.op].outputs[0], element: .int8, region: pixel,
        offset: plan.buffers[5].offset + graph.tensors[13].type.shape.index(of: victim)))
    plan.alignment = 1
    var second = plan.steps[5]
    plan.steps[5].outputs[0].region[1] = 0..<2
    second.outputs[0].region[1] = 2..<4
    var intrusion = plan.steps[intruder.op]
    intrusion.outputs = [.init(buffer: spot, region: pixel)]
    plan.steps += [intrusion, second]
    return plan
  }

  /// What a step has written, as the plan goes.
  private static func elements(
    _ binding: PlanBinding, _ inputs: [Bytes], after step: Int
  ) throws -> [Int8] {
    var run = try PlanRun(Executor(binding), inputs: inputs)
    while run.performNextStep() != step {}
    return run.elements(of: binding.plan.steps[step].outputs[0]).elements(of: Int8.self)
  }
}

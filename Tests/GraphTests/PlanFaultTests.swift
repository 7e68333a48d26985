import Graph
import Ops
import Tensor
import TestSupport
import Testing

@Suite struct PlanFaultTests {
  @Test(arguments: Fixtures.names) func theIdentityIsSound(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    for profile in Profile.all {
      let binding = try PlanBinding(Plan.identity(graph, profile: profile), to: graph)
      #expect(binding.profile == profile)
      #expect(binding.plan.steps.count == graph.nodes.count)
      #expect(binding.plan.steps.reduce(0) { $0 + binding.macs(of: $1) } == graph.macs)
    }
  }

  @Test(
    arguments: PlanFaultCase.heads + PlanFaultCase.buffers + PlanFaultCase.steps
      + PlanFaultCase.sums
  ) func faultsAreNamed(_ test: PlanFaultCase) throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = Plan.identity(graph, profile: .tflm)
    test.edit(&plan)
    #expect(faults(plan, graph) == test.faults)
  }

  @Test func allFaultsAreNamedAtOnce() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = Plan.identity(graph, profile: .tflm)
    plan.modelHash = "another"
    plan.profile = "none"
    plan.alignment = 12
    plan.buffers[1].rings = [1: 17]
    plan.buffers[2].region[3] = 0..<9
    plan.buffers[3].offset = -16
    plan.buffers[3].name = "t9"
    plan.steps[0].inputs = []
    plan.steps[1].op = 99
    plan.steps[3].outputs[0].region[1] = 0..<9
    plan.steps[5].reduce = Region([0..<1])
    plan.steps.append(PlanStep(op: 2, phase: .finish, inputs: [nil, nil]))
    #expect(
      faults(plan, graph) == [
        .otherModel(expected: PlanFaultCase.hash, found: "another"), .noSuchProfile("none"),
        .badAlignment(12), .badRing(buffer: "t9", axis: 1, capacity: 17),
        .badRegion(
          buffer: "t10", tensor: PlanFaultCase.map,
          found: Region([0..<1, 0..<16, 0..<12, 0..<9])),
        .duplicateName("t9"), .badOffset(buffer: "t9", offset: -16),
        .badOperandCount(step: 0, expected: 3, found: 0), .noSuchOperator(step: 1, op: 99),
        .badTile(
          step: 3, tensor: Region([0..<1, 0..<8, 0..<6, 0..<8]),
          found: Region([0..<1, 0..<9, 0..<6, 0..<8])),
        .badReduce(step: 5, expected: "none in phase whole", found: "[0..<1]"),
        .badPhase(step: 6, phase: .finish, operatorName: "ADD"),
      ])
  }

  @Test func messagesSayWhatWasExpected() throws {
    let faults = PlanFaults([
      .badAlignment(3), .badSize(buffer: "b", expected: 4, found: 5),
      .badTile(step: 7, tensor: Region([0..<4]), found: Region([0..<5])),
    ])
    #expect(
      faults.description == """
        alignment: expected a power of two, found 3
        buffer b: expected size 4, found 5
        step 7: expected a tile inside [0..<4], found [0..<5]
        """)
  }

  private func faults(_ plan: Plan, _ graph: Graph) -> [PlanFault] {
    do {
      _ = try PlanBinding(plan, to: graph)
      return []
    } catch {
      return error.faults
    }
  }
}

import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing

/// Plans that become offline memory plans, and those that cannot.
@Suite struct OfflineOffsetsTests {
  /// Each untiled plan does, and the check finds nothing, whether results lie on operands or not.
  @Test(arguments: Fixtures.names, InPlacePolicy.allCases)
  func untiledPlans(_ name: String, _ policy: InPlacePolicy) throws {
    let graph = try GraphFixture.graph(name)
    let plan = TilingLowering.untiled(
      graph, profile: .tflm, options: PlanningOptions(inPlace: policy, order: .file))
    let offsets = try plan.offlineOffsets(for: graph, tensorCount: graph.tensors.count)
    for buffer in plan.buffers { #expect(offsets[buffer.tensor] == buffer.offset) }
    let check = OfflinePlanCheck(
      offsets: offsets.map { $0 ?? -1 }, tensorCount: offsets.count, graph: graph)
    #expect(check.findings == [])
    #expect(check.inPlaceResults.isEmpty || policy != .none)
    #expect((check.layout?.headBytes ?? 0) >= plan.peakInBytes)
  }

  /// State is left to the tail.
  @Test func variables() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 6])
    let output = try builder.svdf(input, units: 3, memory: 4)
    let graph = try builder.graph(outputs: [output])
    let plan = TilingLowering.untiled(graph, profile: .tflm, options: PlanningOptions(order: .file))
    let offsets = try plan.offlineOffsets(for: graph, tensorCount: graph.tensors.count - 1)
    #expect(offsets.indices.filter { offsets[$0] != nil } == [input, output])
  }

  private func refusal(_ edit: (inout Plan, Graph) -> Void) throws -> OfflinePlanRefusal? {
    var builder = GraphBuilder()
    let input = try builder.input([1, 4, 4, 4])
    let first = try builder.add(input, input)
    let last = try builder.convolution(first, channels: 4, window: [1, 1])
    let graph = try builder.graph(outputs: [last])
    var plan = TilingLowering.untiled(graph, profile: .tflm, options: PlanningOptions(order: .file))
    edit(&plan, graph)
    do throws(OfflinePlanRefusal) {
      _ = try plan.offlineOffsets(for: graph, tensorCount: graph.tensors.count)
      return nil
    } catch {
      #expect(!error.description.isEmpty)
      return error
    }
  }

  @Test func plansThatAreRefused() throws {
    #expect(try refusal { _, _ in } == nil)
    #expect(try refusal { plan, _ in plan.alignment = 8 } == .alignment(8))
    #expect(try refusal { plan, _ in plan.alignment = 32 } == nil)
    #expect(
      try refusal { plan, _ in plan.steps.append(plan.steps[1]) }
        == .stepCount(found: 3, expected: 2))
    #expect(
      try refusal { plan, _ in plan.steps.swapAt(0, 1) } == .order(step: 0, found: 1))
    #expect(try refusal { plan, _ in plan.steps[1].phase = .start } == .phase(step: 1, .start))
    #expect(
      try refusal { plan, _ in plan.buffers[0].region = Region([0..<1, 0..<2, 0..<4, 0..<4]) }
        == .partial(buffer: "t0.whole"))
    #expect(
      try refusal { plan, _ in plan.buffers[0].rings = [1: 2] } == .partial(buffer: "t0.whole"))
    #expect(
      try refusal { plan, _ in plan.buffers[0].element = .int32 } == .partial(buffer: "t0.whole"))
    #expect(
      try refusal { plan, _ in plan.buffers[0].memory = .host } == .host(buffer: "t0.whole"))
    #expect(
      try refusal { plan, _ in plan.buffers.append(plan.buffers[0]) } == .copies(tensor: 0))
  }

  /// Scratch finds room between tensors that cannot move: an offline plan takes no more than the planner alone.
  @Test(arguments: InPlacePolicy.allCases) func roomIsLeftForScratch(_ policy: InPlacePolicy) throws
  {
    var builder = GraphBuilder()
    let input = try builder.input([1, 6])
    let state = try builder.svdf(input, units: 40, memory: 4)
    let last = try builder.fullyConnected(state, channels: 3)
    var graphs = try Fixtures.names.map { try GraphFixture.graph($0) }
    graphs.append(try builder.graph(outputs: [last]))
    for graph in graphs {
      var options = PlanningOptions(inPlace: policy, order: .file)
      options.leavesRoomForMicroScratch = true
      let plan = TilingLowering.untiled(graph, profile: .tflm, options: options)
      let offsets = try plan.offlineOffsets(for: graph, tensorCount: graph.tensors.count)
      let offline = try #require(MicroGreedyPlanner.plan(graph, fixedOffsets: offsets))
      let online = try #require(MicroGreedyPlanner.plan(graph))
      #expect(offline.headBytes <= online.headBytes)
    }
  }
}

import Graph
import Ops
import Planning
import TestSupport
import Testing
import Verify

@Suite struct NestedNeedTests {
  /// Of a tensor that a tile sees padding of alone, nothing is made and nothing is held, in a nested group as well.
  @Test(arguments: [FusedGroup.Mode.channels, .line])
  func whatANestedGroupDoesNotReadTakesNoMemory(_ mode: FusedGroup.Mode) throws {
    var builder = GraphBuilder(seed: 1)
    let input = try builder.input([1, 1, 1, 1])
    let unread = try builder.convolution(input, channels: 2, window: [1, 1])
    // Its taps lie at columns -1 and 2 of a map of one column.
    let last = try builder.convolution(unread, channels: 1, window: [1, 2], dilation: [1, 3])
    let graph = try builder.graph(outputs: [last])
    let inner = FusedGroup(
      ops: [1], mode: mode, cuts: .init(channels: mode == .channels ? [0, 1] : nil))
    let group = FusedGroup(
      ops: [0, 1], mode: .recompute, cuts: .init(height: [0, 1]), inner: inner)
    let plan = try TilingLowering.plan(
      Tiling(modelHash: graph.modelHash, groups: [group]), for: graph, profile: .tflm)
    #expect(!plan.buffers.contains { $0.tensor == unread })
    let report = try Verifier.verify(
      PlanBinding(plan, to: graph), on: Sample.standard(for: graph, random: 1, seed: 0), seed: 0)
    #expect(report.verdict == .equivalent)
  }
}

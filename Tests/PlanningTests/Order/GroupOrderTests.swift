import Graph
import Ops
import Planning
import TestSupport
import Testing
import Verify

/// Groups of operators that do not stand side by side in the file.
@Suite struct GroupOrderTests {
  /// Operators 0 and 3 read each other's results alone, operator 1 reads what operator 0 makes.
  private static func branches() throws -> Graph {
    var builder = GraphBuilder(seed: 4)
    let input = try builder.input([1, 8, 6, 2])
    let first = try builder.convolution(input, channels: 3, window: [3, 3])
    let side = try builder.convolution(first, channels: 2, window: [1, 1])
    let other = try builder.convolution(input, channels: 4, window: [1, 1])
    let last = try builder.convolution(first, channels: 2, window: [3, 1])
    return try builder.graph(outputs: [side, other, last])
  }

  /// An operator between the members of a group runs after the group if it reads what that makes.
  @Test(arguments: OrderPolicy.allCases) func readersOfAGroupComeAfterIt(
    _ order: OrderPolicy
  ) throws {
    let graph = try Self.branches()
    let plan = try TilingLowering.plan(
      Tiling(modelHash: graph.modelHash, groups: [FusedGroup(ops: [0, 3], mode: .line)]),
      for: graph, profile: .tflm, options: PlanningOptions(order: order))
    let report = try Verifier.verify(
      PlanBinding(plan, to: graph), on: Sample.standard(for: graph, random: 1, seed: 0), seed: 0)
    #expect(report.verdict == .equivalent)
    let lastOfGroup = plan.steps.lastIndex { $0.op == 0 } ?? .max
    #expect(plan.steps.firstIndex { $0.op == 1 } ?? 0 > lastOfGroup)
  }

  /// A group that waits for itself is refused: another operator reads what it makes, and it reads that one's result.
  @Test(arguments: OrderPolicy.allCases) func aCircularGroupIsRefused(_ order: OrderPolicy) throws {
    var builder = GraphBuilder(seed: 4)
    let input = try builder.input([1, 8, 6, 3])
    let first = try builder.convolution(input, channels: 3, window: [3, 3])
    let between = try builder.convolution(first, channels: 3, window: [1, 1])
    let sum = try builder.add(first, between)
    let graph = try builder.graph(outputs: [sum])
    #expect(throws: TilingError.circular(group: 0, ops: [0, 2])) {
      try TilingLowering.plan(
        Tiling(modelHash: graph.modelHash, groups: [FusedGroup(ops: [0, 2], mode: .line)]),
        for: graph, profile: .tflm, options: PlanningOptions(order: order))
    }
  }
}

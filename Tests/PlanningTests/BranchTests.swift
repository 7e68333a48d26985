import Graph
import Ops
import Planning
import TestSupport
import Testing
import Verify

/// Groups over branches, dead ends and windows with gaps, which the fixtures do not have.
@Suite struct BranchTests {
  /// The second convolution reads nothing that is sliced.
  @Test func aBranchThatIsNotSlicedIsComputedOnce() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 5, 5, 4])
    let left = try builder.convolution(input, channels: 4, window: [3, 3])
    let right = try builder.convolution(input, channels: 4, window: [3, 3])
    let sum = try builder.add(left, right)
    let graph = try builder.graph(outputs: [sum])
    let result = try result(of: LoweringCase.channels(0...2, [0, 1, 2, 3, 4]), graph)
    #expect(result.macs == graph.macs)
  }

  @Test func aDeadEndInsideSpatialTilesIsLeftOut() throws {
    let graph = try Self.deadEnd()
    let group = LoweringCase.recompute(0...2, height: [0, 3, 6])
    _ = try result(of: group, graph)
  }

  @Test func aDeadEndInsideLineBuffersTakesNoMemory() throws {
    let graph = try Self.deadEnd()
    let plan = try plan(of: LoweringCase.line(0...2), graph)
    #expect(plan.buffers.allSatisfy { $0.tensor != graph.nodes[1].outputs[0] })
  }

  @Test(arguments: [
    LoweringCase.line(0...2), LoweringCase.line(0...2, step: 2, width: [0, 1, 3]),
    LoweringCase.columns(0...2),
    LoweringCase.recompute(0...2, height: [0, 1, 4], width: [0, 2, 3]),
    LoweringCase.channels(0...1, [0, 1, 3]),
  ]) func windowsWithGaps(_ group: FusedGroup) throws {
    var builder = GraphBuilder()
    let input = try builder.input([2, 13, 12, 2])
    let first = try builder.convolution(input, channels: 3, window: [3, 2], dilation: [2, 3])
    let second = try builder.pool(first, window: [1, 2], stride: [4, 4])
    let last = try builder.convolution(second, channels: 2, window: [2, 3], isSame: true)
    _ = try result(of: group, builder.graph(outputs: [last]))
  }

  @Test(arguments: [
    LoweringCase.line(0...2), LoweringCase.columns(0...2, step: 3),
    LoweringCase.recompute(0...2, height: [0, 2, 7]), LoweringCase.channels(0...1, [0, 2, 6]),
  ]) func bothOperandsAreOneTensor(_ group: FusedGroup) throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 7, 6, 2])
    let first = try builder.depthwise(input, multiplier: 3, window: [3, 3])
    let sum = try builder.add(first, first)
    let last = try builder.depthwise(sum, window: [2, 2])
    let graph = try builder.graph(outputs: [last])
    let macs = try result(of: group, graph).macs
    if group.mode != .recompute { #expect(macs == graph.macs) }
  }

  /// The sum reads rows of its first operand that its second one has been made past.
  @Test(arguments: [false, true], [1, 2, 3, 9]) func aBranchAroundWindows(
    _ isFirst: Bool, _ step: Int
  ) throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 9, 5, 2])
    let map = try builder.convolution(input, channels: 3, window: [1, 1])
    let left = try builder.convolution(map, channels: 3, window: [3, 3])
    let right = try builder.convolution(left, channels: 3, window: [3, 3])
    let sum = try isFirst ? builder.add(map, right) : builder.add(right, map)
    let graph = try builder.graph(outputs: [sum])
    let macs = try result(of: LoweringCase.line(0...3, step: step), graph).macs
    #expect(macs == graph.macs)
  }

  /// Around a map of one pixel, taps of a dilated window lie in the padding.
  @Test(arguments: [LoweringCase.line(0...1), LoweringCase.columns(0...1)])
  func windowsOverPaddingAlone(_ group: FusedGroup) throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 1, 1, 2])
    let first = try builder.convolution(input, channels: 2, window: [1, 1])
    let last = try builder.depthwise(first, window: [2, 2], dilation: [2, 2])
    let graph = try builder.graph(outputs: [last])
    #expect(try plan(of: group, graph).steps.count == 1)
    _ = try result(of: group, graph)
  }

  /// Axis 1 of a row of features is height to the tiles and channels to the slices.
  @Test func slicesOfTilesOfOneAxis() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 2, 2, 2])
    let flat = try builder.reshape(input, to: [1, 8])
    let last = try builder.reshape(flat, to: [1, 8])
    let graph = try builder.graph(outputs: [last])
    var group = LoweringCase.recompute(1...1, height: [0, 3, 8])
    group.inner = [LoweringCase.channels(1...1, [0, 1, 2, 5, 8])]
    let plan = try plan(of: group, graph)
    #expect(plan.steps.count == 1 + 3 + 2)
    _ = try result(of: group, graph)
  }

  /// An operator whose result nobody reads, between two that matter.
  private static func deadEnd() throws -> Graph {
    var builder = GraphBuilder()
    let input = try builder.input([1, 6, 6, 2])
    let first = try builder.convolution(input, channels: 2, window: [3, 3])
    _ = try builder.convolution(first, channels: 9, window: [3, 3])
    let last = try builder.convolution(first, channels: 2, window: [3, 3])
    return try builder.graph(outputs: [last])
  }

  private func plan(of group: FusedGroup, _ graph: Graph) throws -> Plan {
    try TilingLowering.plan(
      Tiling(modelHash: graph.modelHash, groups: [group]), for: graph, profile: .tflm)
  }

  /// What running the plan of a group showed, which must be the same program.
  private func result(of group: FusedGroup, _ graph: Graph) throws -> DifferentialCheck.Result {
    let plan = try plan(of: group, graph)
    let report = try Verifier.verify(
      PlanBinding(plan, to: graph), on: [Sample.standard(for: graph, random: 1, seed: 1)[3]],
      seed: 0)
    #expect(report.verdict == .equivalent)
    #expect(report.differential?.measuredPeakInBytes == plan.peakInBytes)
    return try #require(report.differential)
  }
}

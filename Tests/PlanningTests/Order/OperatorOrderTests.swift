import Fuzz
import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing
import Verify

@Suite struct OperatorOrderTests {
  /// A map of 128 bytes, two wide ones of 1,024 made from it, and a sum of what is made of these; the file makes both
  /// wide ones first.
  private static func branches() throws -> Graph {
    var builder = GraphBuilder()
    let input = try builder.input([1, 4, 4, 8])
    let wide = try (0..<2).map { _ in
      try builder.convolution(input, channels: 64, window: [1, 1])
    }
    let narrow = try wide.map { try builder.convolution($0, channels: 8, window: [1, 1]) }
    let sum = try builder.add(narrow[0], narrow[1])
    return try builder.graph(outputs: [sum])
  }

  private func plan(_ order: OrderPolicy, _ inPlace: InPlacePolicy = .none) throws -> PlanBinding {
    let graph = try Self.branches()
    let plan = TilingLowering.untiled(
      graph, profile: .tflm, options: PlanningOptions(inPlace: inPlace, order: order))
    return try PlanBinding(plan, to: graph)
  }

  @Test func theLeastOrderFinishesABranchFirst() throws {
    let (file, least) = (try plan(.file), try plan(.least))
    #expect(file.plan.steps.map(\.op) == Array(file.graph.nodes.indices))
    #expect(file.plan.peakInBytes == 128 + 2 * 1024)
    #expect(least.plan.peakInBytes == 2 * 128 + 1024)
    #expect(OwnershipWalk.findings(in: least) == [])
    let report = try Verifier.verify(
      least, on: Sample.standard(for: least.graph, random: 1, seed: 0), seed: 0)
    #expect(report.verdict == .equivalent)
  }

  @Test func boundsOfBothOrders() throws {
    let bounds = MemoryBounds(try plan(.file), inPlace: .none)
    #expect(bounds.inItsOrder == 128 + 2 * 1024)
    #expect(bounds.inAnyOrder == 2 * 128 + 1024)
    #expect(bounds.isReached)
    let least = MemoryBounds(try plan(.least), inPlace: .none)
    #expect(least.inItsOrder == least.inAnyOrder)
  }

  /// A group between two others is one step: it moves as a whole, and what it needs inside counts.
  @Test func aGroupMovesAsAWhole() throws {
    let graph = try Self.branches()
    let tiling = Tiling(
      modelHash: graph.modelHash,
      groups: [FusedGroup(ops: [1, 3], mode: .recompute, cuts: .init(height: [0, 2, 4]))])
    func plan(_ order: OrderPolicy) throws -> Plan {
      try TilingLowering.plan(
        tiling, for: graph, profile: .tflm, options: PlanningOptions(inPlace: .none, order: order))
    }
    let least = try plan(.least)
    #expect(least.steps.map(\.op) == [0, 2, 1, 3, 1, 3, 4])
    #expect(try plan(.file).steps.map(\.op) == [0, 2, 1, 3, 1, 3, 4])
    #expect(OwnershipWalk.findings(in: try PlanBinding(least, to: graph)) == [])
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func everyOrderIsSound(_ seed: UInt64) throws {
    let graph = GraphGenerator(try GenerationOptions()).graph(seed: seed)
    for policy in InPlacePolicy.allCases {
      func peak(_ order: OrderPolicy) throws -> Int {
        let plan = TilingLowering.untiled(
          graph, profile: .tflm, options: PlanningOptions(inPlace: policy, order: order))
        let binding = try PlanBinding(plan, to: graph)
        #expect(OwnershipWalk.findings(in: binding) == [])
        let bounds = MemoryBounds(binding, inPlace: policy)
        #expect(bounds.inAnyOrder <= bounds.inItsOrder)
        #expect(bounds.inItsOrder <= plan.peakInBytes)
        return plan.peakInBytes
      }
      #expect(try peak(.least) <= peak(.file))
    }
  }
}

import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing
import Verify

@Suite struct InPlaceLayoutTests {
  /// Two maps of 128 bytes and their sum.
  @Test func aSumLiesOnAnOperandThatDies() throws {
    var builder = GraphBuilder()
    let (left, right) = (try builder.input([1, 4, 4, 8]), try builder.input([1, 4, 4, 8]))
    let sum = try builder.add(left, right)
    let graph = try builder.graph(outputs: [sum])
    #expect(TilingLowering.untiled(graph, profile: .tflm, inPlace: .none).peakInBytes == 3 * 128)
    let plan = TilingLowering.untiled(graph, profile: .tflm, inPlace: .allowed)
    #expect(plan.peakInBytes == 2 * 128)
    #expect(try OwnershipWalk.findings(in: PlanBinding(plan, to: graph)) == [])
  }

  /// The first sum may lie on the second operand alone: the first one is read again.
  @Test func anOperandThatIsReadAgainIsKept() throws {
    var builder = GraphBuilder()
    let (left, right) = (try builder.input([1, 4, 4, 8]), try builder.input([1, 4, 4, 8]))
    let sum = try builder.add(left, right)
    let last = try builder.add(sum, left)
    let graph = try builder.graph(outputs: [last])
    let plan = TilingLowering.untiled(graph, profile: .tflm)
    #expect(plan.peakInBytes == 2 * 128)
    #expect(try OwnershipWalk.findings(in: PlanBinding(plan, to: graph)) == [])
    func offset(_ tensor: Int) -> Int? { plan.buffers.first { $0.tensor == tensor }?.offset }
    #expect(offset(sum) == offset(right))
  }

  /// What the network returns is kept, even where a later step would take its place.
  @Test func anOutputIsKept() throws {
    var builder = GraphBuilder()
    let (left, right) = (try builder.input([1, 4, 4, 8]), try builder.input([1, 4, 4, 8]))
    let sum = try builder.add(left, right)
    let double = try builder.add(sum, sum)
    let graph = try builder.graph(outputs: [sum, double])
    let plan = TilingLowering.untiled(graph, profile: .tflm)
    #expect(try OwnershipWalk.findings(in: PlanBinding(plan, to: graph)) == [])
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func randomTilingsAreSound(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for name in ["detector", "residual_block", "text_classifier"] {
      let graph = try GraphFixture.graph(name)
      guard let plan = PlanRandomTiling.plan(for: graph, using: &generator) else { continue }
      let findings = OwnershipWalk.findings(in: try PlanBinding(plan, to: graph))
      #expect(findings == [], "\(plan.json)")
    }
  }
}

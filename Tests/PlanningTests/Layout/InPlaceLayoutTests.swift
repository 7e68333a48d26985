import Fuzz
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
    #expect(
      TilingLowering.untiled(graph, profile: .tflm, options: PlanningOptions(inPlace: .none))
        .peakInBytes == 3 * 128)
    let plan = TilingLowering.untiled(
      graph, profile: .tflm, options: PlanningOptions(inPlace: .elementwise))
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

  /// A result that nobody reads is gone at once, but its operand is not.
  @Test(arguments: InPlacePolicy.allCases)
  func aResultNobodyReadsSparesItsOperand(_ policy: InPlacePolicy) throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 4, 4, 8])
    let map = try builder.convolution(input, channels: 8, window: [1, 1])
    _ = try builder.add(map, map)
    let last = try builder.add(map, map)
    let graph = try builder.graph(outputs: [last])
    let plan = TilingLowering.untiled(
      graph, profile: .tflm, options: PlanningOptions(inPlace: policy))
    let binding = try PlanBinding(plan, to: graph)
    #expect(OwnershipWalk.findings(in: binding) == [])
    #expect(MemoryBounds(binding, inPlace: policy).inItsOrder == 2 * 128)
    #expect(plan.peakInBytes == 2 * 128)
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

  /// The result has to start 15 * 16 + 15 - 15 * 8 = 135 bytes before the operand, 144 for its alignment.
  @Test func aPointwiseConvolutionOverlapsItsOperand() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 4, 4, 8])
    let result = try builder.convolution(input, channels: 16, window: [1, 1])
    let graph = try builder.graph(outputs: [result])
    func peak(_ policy: InPlacePolicy) -> Int {
      TilingLowering.untiled(
        graph, profile: .tflm, options: PlanningOptions(inPlace: policy)
      ).peakInBytes
    }
    #expect(peak(.none) == 128 + 256)
    #expect(peak(.elementwise) == 128 + 256)
    #expect(peak(.all) == 144 + 128)
  }

  @Test(arguments: Fixtures.names, InPlacePolicy.allCases)
  func untiledFixturesAreSound(_ name: String, _ policy: InPlacePolicy) throws {
    let graph = try GraphFixture.graph(name)
    let plan = TilingLowering.untiled(
      graph, profile: .tflm, options: PlanningOptions(inPlace: policy))
    let report = try Verifier.verify(
      PlanBinding(plan, to: graph), on: Sample.standard(for: graph, random: 1, seed: 1), seed: 0)
    #expect(report.verdict == .equivalent)
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func randomTilingsAreSound(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for name in ["detector", "residual_block", "text_classifier"] {
      let graph = try GraphFixture.graph(name)
      let plan = try PlanDraw().recipe(of: graph, using: &generator).plan(of: graph)
      let findings = OwnershipWalk.findings(in: try PlanBinding(plan, to: graph))
      #expect(findings == [], "\(plan.json)")
    }
  }
}

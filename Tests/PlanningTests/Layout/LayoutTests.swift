import Fuzz
import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing

@Suite struct LayoutTests {
  @Test(arguments: 0..<12 as Range<UInt64>) func randomTilings(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let graph = try GraphFixture.graph("residual_block")
    for _ in 0..<4 {
      let alignment = 1 << Int.random(in: 0...6, using: &generator)
      let recipe = PlanRecipe(
        planning: PlanningOptions(alignment: alignment, inPlace: .none),
        groups: PlanDraw().recipe(of: graph, using: &generator).groups)
      try expectSound(recipe.plan(of: graph), graph)
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>) func randomNetworks(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<8 {
      let graph = try Self.network(using: &generator)
      let alignment = 1 << Int.random(in: 0...6, using: &generator)
      try expectSound(
        TilingLowering.untiled(
          graph, profile: .tflm, options: PlanningOptions(alignment: alignment, inPlace: .none)),
        graph)
    }
  }

  @Test(arguments: [
    LoweringCase.line(0...9, width: [0, 1, 2, 3, 4, 5]), LoweringCase.line(2...9, step: 3),
    LoweringCase.recompute(0...8, height: [0, 9, 18, 25]),
    LoweringCase.channels(8...11, LoweringCase.slices(4)),
  ]) func theKeywordSpotter(_ group: FusedGroup) throws {
    let graph = try GraphFixture.graph("keyword_spotter")
    let tiling = Tiling(modelHash: graph.modelHash, groups: [group])
    try expectSound(
      TilingLowering.plan(
        tiling, for: graph, profile: .tflm, options: PlanningOptions(inPlace: .none)), graph)
  }

  /// Bytes that two buffers need at one time are found: the check above is no identity.
  @Test func aLayoutThatOverlapsIsFound() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = TilingLowering.untiled(
      graph, profile: .tflm, options: PlanningOptions(inPlace: .none))
    #expect(ByteLifespans(plan, graph).conflict == nil)
    try plan.edit("t10.whole") { $0.offset -= 1 }
    #expect(ByteLifespans(plan, graph).conflict != nil)
  }

  private func expectSound(_ plan: Plan, _ graph: Graph) throws {
    let lifespans = ByteLifespans(plan, graph)
    let conflict = lifespans.conflict
    #expect(conflict == nil, "\(String(describing: conflict)) in \(plan.json)")
    #expect(plan.buffers.allSatisfy { $0.offset >= 0 && $0.offset % plan.alignment == 0 })
    #expect(lifespans.lifespans.last?.isEmpty == false, "the highest byte is used")
    let profile = MemoryProfile(try PlanBinding(plan, to: graph))
    #expect(profile.liveBytes.count == plan.steps.count)
    let step = try #require(profile.bindingStep)
    #expect(profile.liveBytes[step] == profile.liveBytes.max())
    // What is in use ends at rows, of which some bytes may be needed by nobody.
    #expect(profile.liveBytes[step] >= lifespans.mostBytes)
    #expect(
      profile.liveBytes[step]
        <= Set(profile.bindingBuffers.flatMap { plan.buffers[$0].byteRange }).count)
  }

  /// Convolutions to few or many channels, and sums of two earlier maps, in a random order.
  private static func network(using generator: inout SplitMix64) throws -> Graph {
    var builder = GraphBuilder(seed: generator.next())
    var maps: [(tensor: Int, channels: Int)] = []
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      let channels = Int.random(in: 1...9, using: &generator)
      maps.append((try builder.input([1, 3, 4, channels]), channels))
    }
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      let left = maps[Int.random(in: maps.indices, using: &generator)]
      let partners = maps.filter { $0.channels == left.channels }
      if Bool.random(using: &generator) {
        let right = partners[Int.random(in: partners.indices, using: &generator)]
        maps.append((try builder.add(left.tensor, right.tensor), left.channels))
      } else {
        let channels = Int.random(in: 1...9, using: &generator)
        let tensor = try builder.convolution(left.tensor, channels: channels, window: [1, 1])
        maps.append((tensor, channels))
      }
    }
    let last = maps[maps.count - 1].tensor
    return try builder.graph(outputs: [last])
  }
}

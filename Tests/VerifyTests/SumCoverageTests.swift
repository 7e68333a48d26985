import Graph
import Ops
import Tensor
import TestSupport
import Testing
import Verify

/// Sums in parts: every coordinate once.
@Suite struct SumCoverageTests {
  private static let map = Region([0..<1, 0..<8, 0..<6, 0..<16])

  /// A box of the pool's operand.
  private static func box(
    _ rows: Range<Int>, _ columns: Range<Int> = 0..<6, _ channels: Range<Int> = 0..<16
  ) -> Region { Region([0..<1, rows, columns, channels]) }

  private func findings(_ boxes: [Region]) throws -> [Finding] {
    let graph = try GraphFixture.graph("residual_block")
    return OwnershipWalk.findings(
      in: try PlanBinding(BlockPlans.pooled(graph, boxes), to: graph))
  }

  @Test func boxesThatMeet() throws {
    // Windows are two rows: the cut runs through one.
    #expect(try findings([Self.box(0..<3), Self.box(3..<8)]) == [])
    #expect(try findings([Self.box(3..<8), Self.box(0..<3)]) == [])
  }

  @Test func boxesThatOverlap() throws {
    #expect(
      try findings([Self.box(0..<4), Self.box(3..<8)]) == [added(96, [0, 3, 0, 0], boxes: 2)])
    #expect(
      try findings([Self.box(0..<8, 0..<4), Self.box(2..<3, 3..<6)])
        == [added(16, [0, 2, 3, 0], boxes: 2), lost(7 * 2 * 16, [0, 0, 4, 0], boxes: 2)])
  }

  @Test func boxesThatLeaveAGap() throws {
    #expect(
      try findings([Self.box(0..<3), Self.box(4..<8)]) == [lost(96, [0, 3, 0, 0], boxes: 2)])
    #expect(
      try findings([Self.box(0..<8, 0..<6, 0..<7), Self.box(0..<8, 0..<6, 8..<16)])
        == [lost(8 * 6, [0, 0, 0, 7], boxes: 2)])
  }

  @Test func theSameBoxTwice() throws {
    for times in 2...5 {
      let boxes = [Region](repeating: Self.map, count: times)
      #expect(try findings(boxes) == [added(768, [0, 0, 0, 0], boxes: times)])
    }
  }

  /// Boxes of random cuts in a random order; then one of them twice, left out, or a row longer.
  @Test(arguments: Budget.blocks(of: 10)) func randomPartitions(_ seeds: Range<UInt64>) throws {
    let graph = try GraphFixture.graph("residual_block")
    for seed in seeds where seed % 4 == 0 {
      var generator = SplitMix64(seed: seed)
      let boxes = Self.partition(of: Self.map, using: &generator)
      let report = try Verifier.verify(
        PlanBinding(BlockPlans.pooled(graph, boxes), to: graph),
        on: [Sample.standard(for: graph, random: 1, seed: seed)[3]], seed: seed)
      #expect(report.verdict == .equivalent, "\(boxes)")
      #expect(report.differential?.macs == graph.macs)
      try expectExactFindings(boxes + [boxes[2]])
      try expectExactFindings(Array(boxes.dropFirst()))
      var longer = boxes
      longer[0][1] = max(0, boxes[0][1].lowerBound - 1)..<min(8, boxes[0][1].upperBound + 1)
      try expectExactFindings(longer)
    }
  }

  /// Windows of 3x3 over padding and over the cuts: a padding tap counts where it is nearest.
  @Test(arguments: Budget.blocks(of: 10)) func convolutionsInParts(_ seeds: Range<UInt64>) throws {
    let graph = try GraphFixture.graph("residual_block")
    for seed in seeds where seed % 10 == 0 {
      var generator = SplitMix64(seed: seed)
      for op in [1, 3, 4] {
        try expectEquivalent(op, of: graph, inPartsBy: &generator)
      }
    }
  }

  /// Sums operand 0 of an operator in the parts of a random partition.
  private func expectEquivalent(
    _ op: Int, of graph: Graph, inPartsBy generator: inout SplitMix64
  ) throws {
    let plan = Plan.identity(graph, profile: .tflm)
    var parts = plan
    let (tensor, operand) = (graph.nodes[op].outputs[0], try #require(plan.steps[op].inputs[0]))
    let sums = parts.add(
      PlanBuffer(
        name: "sums", tensor: tensor, element: .int32, region: graph.whole(tensor),
        offset: (plan.peakInBytes + 15) / 16 * 16))
    let boxes = Self.partition(of: plan.buffers[operand].region, using: &generator)
    parts.steps[op].inputs = plan.steps[op].inputs.map { _ in nil }
    parts.steps[op].phase = .finish
    parts.steps[op].sums = .init(buffer: sums, region: graph.whole(tensor))
    for (index, box) in boxes.enumerated() {
      parts.steps.insert(
        PlanStep(
          op: op, phase: index == 0 ? .start : .add, inputs: plan.steps[op].inputs, reduce: box,
          sums: parts.steps[op + index].sums), at: op + index)
    }
    let report = try Verifier.verify(
      PlanBinding(parts, to: graph), on: [Sample.standard(for: graph, random: 1, seed: 0)[3]],
      seed: 0)
    #expect(report.verdict == .equivalent, "\(boxes)")
    #expect(report.differential?.macs == graph.macs)
  }

  /// A box in at least six parts, by cuts along height, width and channels, in a random order.
  private static func partition(
    of whole: Region, using generator: inout SplitMix64
  ) -> [Region] {
    var boxes = [whole]
    while boxes.count < 6 {
      let box = boxes.remove(at: Int.random(in: boxes.indices, using: &generator))
      let axis = Int.random(in: 1...3, using: &generator)
      let cut = Int.random(in: box[axis].lowerBound...box[axis].upperBound, using: &generator)
      for range in [box[axis].lowerBound..<cut, cut..<box[axis].upperBound] {
        var part = box
        part[axis] = range
        if !part.isEmpty { boxes.append(part) }
      }
    }
    return boxes.shuffled(using: &generator)
  }

  /// Counts every coordinate by hand and compares.
  private func expectExactFindings(_ boxes: [Region]) throws {
    var (twice, never): ([[Int]], [[Int]]) = ([], [])
    for y in 0..<8 {
      for x in 0..<6 {
        for channel in 0..<16 {
          let coordinate = [0, y, x, channel]
          switch boxes.count(where: { $0.contains(coordinate) }) {
          case 0: never.append(coordinate)
          case 1: break
          default: twice.append(coordinate)
          }
        }
      }
    }
    let expected =
      (twice.first.map { [added(twice.count, $0, boxes: boxes.count)] } ?? [])
      + (never.first.map { [lost(never.count, $0, boxes: boxes.count)] } ?? [])
    #expect(try findings(boxes) == expected, "\(boxes)")
  }

  private func added(_ count: Int, _ first: [Int], boxes: Int) -> Finding {
    .addedTwice(
      step: 5 + boxes, tensor: FaultCase.t14, operandTensor: FaultCase.t13, count: count,
      first: first)
  }

  private func lost(_ count: Int, _ first: [Int], boxes: Int) -> Finding {
    .notAdded(
      step: 5 + boxes, tensor: FaultCase.t14, operandTensor: FaultCase.t13, count: count,
      first: first)
  }

  /// Tiles of sums with different pasts: rows 0 and 1 of the output are summed at once, 2 and 3 in
  /// halves, the last half of row 3 never.
  @Test func tilesOfDifferentPasts() throws {
    let graph = try GraphFixture.graph("residual_block")
    var plan = BlockPlans.pooled(graph, [Self.box(0..<4), Self.box(4..<8, 0..<3)])
    let sums = try #require(plan.steps[5].sums)
    var tile = sums.region
    tile[1] = 2..<3
    plan.steps.insert(
      PlanStep(
        op: 5, phase: .add, inputs: plan.steps[6].inputs, reduce: Self.box(4..<8, 3..<6),
        sums: .init(buffer: sums.buffer, region: tile)), at: 7)
    // Row 3 of the output reads rows 6 and 7 of its operand: columns 3 to 5 of them are lacking.
    #expect(
      OwnershipWalk.findings(in: try PlanBinding(plan, to: graph)) == [
        .notAdded(
          step: 8, tensor: FaultCase.t14, operandTensor: FaultCase.t13, count: 2 * 3 * 16,
          first: [0, 6, 3, 0])
      ])
    plan.steps.insert(plan.steps[7], at: 8)
    plan.steps[8].sums?.region[1] = 3..<4
    let report = try Verifier.verify(
      PlanBinding(plan, to: graph), on: Sample.standard(for: graph, random: 1, seed: 0), seed: 0)
    #expect(report.verdict == .equivalent)
  }
}

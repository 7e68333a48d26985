import Fuzz
import Graph
import Ops
import Planning
import TFLite
import Tensor
import TestSupport
import Testing

/// Networks over the whole catalogue, made simpler until nothing more can be taken away.
@Suite struct ShrunkGraphTests {
  @Test(arguments: Budget.blocks(of: 100, draws: 400))
  func anOperatorIsLeftAlone(_ seeds: Range<UInt64>) throws {
    var largeCount = 0
    for seed in seeds {
      let original = try Self.drawn(seed)
      let culprit = original.graph.nodes[Int(seed) % original.graph.nodes.count].operatorName
      let smallest = try Self.shrunk(original, seed) {
        $0.graph.nodes.contains { $0.operatorName == culprit }
      }
      #expect(smallest.graph.nodes.map(\.operatorName) == [culprit], "seed \(seed)")
      #expect(smallest.recipe == PlanRecipe(), "seed \(seed)")
      let computed = smallest.graph.tensors.filter { $0.constant == nil }
      if computed.contains(where: { $0.type.shape.count > 6 }) {
        largeCount += 1
      }
    }
    // Some operators have sizes that several attributes or constants state together.
    #expect(largeCount <= seeds.count / 10)
  }

  /// What goes wrong whatever is left is one operator of one element, mostly.
  @Test func anOperatorIsLeftOfWhatAlwaysGoesWrong() throws {
    var single = 0
    for seed in UInt64(0)..<200 {
      let smallest = try Self.shrunk(Self.drawn(seed), seed) { _ in true }
      #expect(smallest.graph.nodes.count == 1, "seed \(seed)")
      #expect(smallest.recipe == PlanRecipe(), "seed \(seed)")
      if smallest.graph.outputs.allSatisfy({ smallest.graph.tensors[$0].type.shape.count == 1 }) {
        single += 1
      }
    }
    #expect(single > 120)
  }

  /// A sum in parts needs one operator, and one group or edit.
  @Test func oneSumInPartsIsLeft() throws {
    var found = 0
    for seed in UInt64(0)..<800 {
      let original = try Self.drawn(seed)
      func hasParts(_ fuzzCase: FuzzCase) -> Bool {
        let plan = try? fuzzCase.recipe.plan(of: fuzzCase.graph)
        return plan?.steps.contains { $0.phase == .add } ?? false
      }
      guard hasParts(original) else { continue }
      found += 1
      let smallest = try Self.shrunk(original, seed, hasParts)
      #expect(smallest.graph.nodes.count <= 2, "seed \(seed)")
      #expect(smallest.recipe.groups.count + smallest.recipe.edits.count == 1, "seed \(seed)")
      #expect(smallest.recipe.order == nil, "seed \(seed)")
    }
    #expect(found > 20)
  }

  /// What is left of a tiled case is tiled still, by next to nothing.
  @Test func oneGroupIsLeft() throws {
    var found = 0
    for seed in UInt64(0)..<400 {
      let original = try Self.drawn(seed)
      func isTiled(_ fuzzCase: FuzzCase) -> Bool {
        guard let plan = try? fuzzCase.recipe.plan(of: fuzzCase.graph) else { return false }
        return plan.steps.count > fuzzCase.graph.nodes.count
      }
      guard isTiled(original) else { continue }
      found += 1
      let smallest = try Self.shrunk(original, seed, isTiled)
      #expect(smallest.graph.nodes.count <= 2, "seed \(seed)")
      #expect(smallest.recipe.groups.count + smallest.recipe.edits.count <= 2, "seed \(seed)")
    }
    #expect(found > 100)
  }

  private static func drawn(_ seed: UInt64) throws -> FuzzCase {
    let graph = try GraphGenerator(GenerationOptions()).graph(seed: seed)
    var generator = SplitMix64(seed: seed)
    return FuzzCase(graph, PlanDraw().recipe(of: graph, using: &generator))
  }

  /// The smallest case, which goes wrong and reads back; all that were tried on the way have to be sound.
  private static func shrunk(
    _ original: FuzzCase, _ seed: UInt64, _ goesWrong: (FuzzCase) -> Bool
  ) throws -> FuzzCase {
    let tries = 1000
    var tried = 0
    let smallest = Shrinker(tries: tries).shrink(original) { candidate in
      tried += 1
      #expect(faults(candidate) == [], "seed \(seed)")
      return goesWrong(candidate)
    }
    #expect(tried < tries, "seed \(seed)")
    #expect(goesWrong(smallest), "seed \(seed)")
    let bytes = Bytes(copying: try ModelWriter.bytes(of: smallest.graph))
    let again = try ImportedModel(parsing: bytes).graph()
    #expect(again.nodes.map(\.signature) == smallest.graph.nodes.map(\.signature), "seed \(seed)")
    #expect(
      again.nodes.map(\.operation.options) == smallest.graph.nodes.map(\.operation.options),
      "seed \(seed)")
    return smallest
  }

  /// What the parts of a case have to keep to that a network does not check.
  private static func faults(_ fuzzCase: FuzzCase) -> [String] {
    let (graph, recipe) = (fuzzCase.graph, fuzzCase.recipe)
    var faults = graph.tensors.filter { tensor in
      tensor.constant.map { $0.count != tensor.type.sizeInBytes } ?? false
    }.map { "constant \($0.name) has \($0.constant?.count ?? 0) bytes" }
    if let order = recipe.order, order.sorted() != Array(graph.nodes.indices) {
      faults.append("order \(order)")
    }
    for group in recipe.groups.flatMap({ [$0] + $0.inner }) {
      let isAscending = zip(group.ops, group.ops.dropFirst()).allSatisfy(<)
      if group.ops.isEmpty || !isAscending || !group.ops.allSatisfy(graph.nodes.indices.contains) {
        faults.append("group of \(group.ops)")
      }
      if !Set(group.early).isSubset(of: group.ops) { faults.append("early \(group.early)") }
    }
    return faults
  }
}

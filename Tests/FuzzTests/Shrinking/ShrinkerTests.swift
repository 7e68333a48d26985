import Fuzz
import Graph
import Ops
import Planning
import Tensor
import TestSupport
import Testing

@Suite struct ShrinkerTests {
  /// Something that one operator of a network can be, and that a case is said to go wrong by.
  enum Culprit: String, CaseIterable {
    case stride, dilation, depthwise, sum

    func isIn(_ graph: Graph) -> Bool {
      graph.nodes.contains { node in
        let values = node.operation.options.values
        return switch self {
        case .stride:
          node.operatorName == "CONV_2D" && (values[1] == .int32(2) || values[2] == .int32(2))
        case .dilation:
          node.operatorName == "CONV_2D" && (values[4] == .int32(2) || values[5] == .int32(2))
        case .depthwise: node.operatorName == "DEPTHWISE_CONV_2D"
        case .sum: node.operatorName == "ADD"
        }
      }
    }
  }

  /// What is left of a network in which an operator is the culprit is that operator.
  @Test(arguments: Culprit.allCases) func keepsTheCulpritAlone(_ culprit: Culprit) throws {
    var found = 0
    var seed: UInt64 = 0
    while found < 10 {
      seed += 1
      var generator = SplitMix64(seed: seed)
      let graph = try GraphRandom.graph(using: &generator)
      guard culprit.isIn(graph) else { continue }
      found += 1
      let recipe = PlanDraw().recipe(of: graph, using: &generator)
      let smallest = Shrinker().shrink(FuzzCase(graph, recipe)) { culprit.isIn($0.graph) }
      #expect(smallest.graph.nodes.count == 1, "seed \(seed)")
      #expect(smallest.recipe == PlanRecipe(), "seed \(seed)")
      let elements = smallest.graph.tensors.map(\.type.shape.count).max() ?? 0
      #expect(elements <= 6, "seed \(seed): \(smallest.graph.tensors.map(\.type))")
    }
  }

  /// A case that nothing can be taken from stays as it is, and tries are bounded.
  @Test func staysWithinItsTries() throws {
    var generator = SplitMix64(seed: 1)
    let graph = try GraphRandom.graph(using: &generator)
    var tries = 0
    let left = Shrinker(tries: 17).shrink(FuzzCase(graph)) { _ in
      tries += 1
      return false
    }
    #expect(tries == 17)
    #expect(left.graph.nodes.count == graph.nodes.count)
  }
}

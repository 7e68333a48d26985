import Graph
import Ops
import Planning

/// All plans that a search may make, each of them made.
struct Exhaustive {
  /// One tiling: what it was weighed at, and what its plan takes.
  struct Outcome {
    let tiling: Tiling
    let weighed: (peak: Int, macs: Int)
    let planned: (peak: Int, macs: Int)
  }

  private let graph: Graph
  private let options: SearchOptions
  /// By operators from a place to another, the ways in which they may run.
  private let ways: [[Range<Int>: [GroupCandidate]]]

  init(_ search: FrontierSearch, _ graph: Graph, _ options: SearchOptions) {
    self.graph = graph
    self.options = options
    ways = graph.nodes.indices.map { low in
      var ways: [Range<Int>: [GroupCandidate]] = [:]
      for high in low + 1...graph.nodes.count {
        ways[low..<high] = search.candidates(for: low..<high)
      }
      return ways
    }
  }

  /// How many tilings there are.
  var count: Int {
    var counts = [Int](repeating: 0, count: graph.nodes.count) + [1]
    for low in graph.nodes.indices.reversed() {
      counts[low] = ways[low].reduce(0) { $0 + $1.value.count * counts[$1.key.upperBound] }
    }
    return counts[0]
  }

  /// The outcomes of all tilings that add floats in the order of the operators.
  func outcomes() throws -> [Outcome] {
    var outcomes: [Outcome] = []
    try forEachTiling(from: 0, []) { chosen in
      var planning = options.planning
      planning.order = .file
      let tiling = Tiling(modelHash: graph.modelHash, groups: chosen.compactMap(\.group))
      let plan = try TilingLowering.plan(tiling, for: graph, profile: .tflm, options: planning)
      let binding = try PlanBinding(plan, to: graph)
      guard binding.keepsOrderOfFloatSums else { return }
      outcomes.append(
        Outcome(
          tiling: tiling,
          weighed: (
            chosen.map(\.cost.room).max() ?? 0, chosen.reduce(0) { $0 + $1.cost.macs }
          ),
          planned: (plan.peakInBytes, plan.steps.reduce(0) { $0 + binding.macs(of: $1) })))
    }
    return outcomes
  }

  /// Peaks and multiply-accumulates of the plans that no other one beats, ascending by the latter.
  func frontier(_ outcomes: [Outcome]) -> [[Int]] {
    let untiled = TilingLowering.untiled(graph, profile: .tflm, options: options.planning)
    let costs =
      [[graph.macs, untiled.peakInBytes]] + outcomes.map { [$0.planned.macs, $0.planned.peak] }
    var frontier: [[Int]] = []
    for cost in costs.sorted(by: { $0.lexicographicallyPrecedes($1) })
    where cost[1] < frontier.last?[0] ?? .max {
      frontier.append([cost[1], cost[0]])
    }
    return frontier
  }

  private func forEachTiling(
    from low: Int, _ chosen: [GroupCandidate], _ body: ([GroupCandidate]) throws -> Void
  ) throws {
    if low == graph.nodes.count { return try body(chosen) }
    for high in low + 1...graph.nodes.count {
      for way in ways[low][low..<high] ?? [] {
        try forEachTiling(from: high, chosen + [way], body)
      }
    }
  }
}

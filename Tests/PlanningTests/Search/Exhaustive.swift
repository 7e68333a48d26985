import Graph
import Ops
import Planning

/// The frontier of all plans that a search may make, each of them made.
struct Exhaustive {
  private let graph: Graph
  private let options: SearchOptions
  /// By operators from a place to another, the groups that they may run as; `nil` stands for whole.
  private let groups: [[Range<Int>: [FusedGroup?]]]

  init(_ search: FrontierSearch, _ graph: Graph, _ options: SearchOptions) {
    self.graph = graph
    self.options = options
    groups = graph.nodes.indices.map { low in
      var groups: [Range<Int>: [FusedGroup?]] = [:]
      for high in low + 1...graph.nodes.count { groups[low..<high] = search.groups(of: low..<high) }
      return groups
    }
  }

  /// How many tilings there are.
  var count: Int {
    var counts = [Int](repeating: 0, count: graph.nodes.count) + [1]
    for low in graph.nodes.indices.reversed() {
      counts[low] = groups[low].reduce(0) { $0 + $1.value.count * counts[$1.key.upperBound] }
    }
    return counts[0]
  }

  /// Peaks and multiply-accumulates of the plans that no other one beats, ascending by the latter.
  func frontier() throws -> [[Int]] {
    let untiled = TilingLowering.untiled(graph, profile: .tflm, options: options.planning)
    var costs = [[graph.macs, untiled.peakInBytes]]
    try forEachTiling(from: 0, []) { groups in
      var planning = options.planning
      planning.order = .file
      let plan = try TilingLowering.plan(
        Tiling(modelHash: graph.modelHash, groups: groups), for: graph, profile: .tflm,
        options: planning)
      let binding = try PlanBinding(plan, to: graph)
      guard binding.keepsOrderOfFloatSums else { return }
      costs.append([plan.steps.reduce(0) { $0 + binding.macs(of: $1) }, plan.peakInBytes])
    }
    var frontier: [[Int]] = []
    for cost in costs.sorted(by: { $0.lexicographicallyPrecedes($1) })
    where cost[1] < frontier.last?[0] ?? .max {
      frontier.append([cost[1], cost[0]])
    }
    return frontier
  }

  private func forEachTiling(
    from low: Int, _ chosen: [FusedGroup], _ body: ([FusedGroup]) throws -> Void
  ) throws {
    if low == graph.nodes.count { return try body(chosen) }
    for high in low + 1...graph.nodes.count {
      for group in groups[low][low..<high] ?? [] {
        try forEachTiling(from: high, chosen + [group].compactMap { $0 }, body)
      }
    }
  }
}

internal import Graph
internal import Ops
internal import Tensor

/// Makes plans of tilings, and keeps those that no other one beats.
struct Realization {
  private let graph: Graph
  private let profile: Profile
  private let options: SearchOptions
  /// The program without tiles.
  let untiled: Frontier.Point
  private var kept: [Frontier.Point] = []

  /// How many nodes the layout of one plan may take while plans are compared.
  private static let quickNodeLimit = 500

  /// The widest tensor whose single columns cut all others.
  private static let widestSplit = 32

  init(_ graph: Graph, _ profile: Profile, _ options: SearchOptions) {
    self.graph = graph
    self.profile = profile
    self.options = options
    untiled = Frontier.Point(
      tiling: Tiling(modelHash: graph.modelHash, groups: []),
      plan: TilingLowering.untiled(graph, profile: profile, options: options.planning),
      macs: graph.macs)
    kept = [untiled]
  }

  /// Whether a plan with a peak of at least `bound` and so many multiply-accumulates may be worth its making.
  ///
  /// Bounds count sizes as rounded up to the alignment, which the highest buffer need not be.
  func mayImprove(bound: Int, macs: Int) -> Bool {
    let least = bound - options.planning.alignment + 1
    return !kept.contains { $0.macs <= macs && $0.peakInBytes <= least }
  }

  /// The plan of `groups`, laid out quickly unless it `isFinal`; `nil` if it adds floats in another order.
  func point(_ groups: [FusedGroup], isFinal: Bool) -> Frontier.Point? {
    point(
      Tiling(modelHash: graph.modelHash, groups: groups),
      nodeLimit: isFinal ? PlanningOptions.searchNodeLimit : Self.quickNodeLimit)
  }

  private func point(_ tiling: Tiling, nodeLimit: Int) -> Frontier.Point? {
    var planning = options.planning
    planning.order = .file
    planning.layoutNodeLimit = min(planning.layoutNodeLimit, nodeLimit)
    // What was weighed can be lowered, and does not add floats in another order, but nobody has to trust that.
    guard
      let plan = try? TilingLowering.plan(tiling, for: graph, profile: profile, options: planning),
      let binding = try? PlanBinding(plan, to: graph), binding.keepsOrderOfFloatSums
    else { return nil }
    let macs = plan.steps.reduce(0) { $0 + binding.macs(of: $1) }
    guard macs <= options.largestMACs(of: graph.macs) else { return nil }
    return Frontier.Point(tiling: tiling, plan: plan, macs: macs)
  }

  /// Keeps a plan unless another one is as good; drops those that it beats.
  mutating func keep(_ point: Frontier.Point) {
    guard
      !kept.contains(where: {
        $0.macs <= point.macs && $0.peakInBytes <= point.peakInBytes
      })
    else { return }
    kept.removeAll { $0.macs >= point.macs && $0.peakInBytes >= point.peakInBytes }
    kept.append(point)
  }

  /// Lays out the plans that were kept again, with more nodes, and with the smallest tiles: these cost steps, and may
  /// leave room for a better layout.
  mutating func polish() {
    let made = self
    let tilings = kept.map(\.tiling).filter { !$0.groups.isEmpty }
    let all = tilings + tilings.map(withSingleColumns).filter { !tilings.contains($0) }
    let better = Parallel.map(all.count) {
      made.point(all[$0], nodeLimit: PlanningOptions.searchNodeLimit)
    }
    for case let point? in better { keep(point) }
  }

  /// The tiling with the rows that it cuts into columns cut into those of the widest tensor inside.
  private func withSingleColumns(_ tiling: Tiling) -> Tiling {
    var tiling = tiling
    for (index, group) in tiling.groups.enumerated()
    where group.mode == .line && (group.cuts.width ?? group.cuts.height) != nil {
      let across = group.ringAxis.across
      let widths = group.ops.flatMap { graph.nodes[$0].outputs }
        .map { graph.tensors[$0].type.shape }.filter { $0.rank == 4 }.map { $0[across.axis] }
      guard let widest = widths.max(), widest <= Self.widestSplit else { continue }
      if across == .width {
        tiling.groups[index].cuts.width = Array(0...widest)
      } else {
        tiling.groups[index].cuts.height = Array(0...widest)
      }
    }
    return tiling
  }

  /// The plans that were kept.
  var points: [Frontier.Point] {
    kept.sorted { ($0.macs, $0.peakInBytes) < ($1.macs, $1.peakInBytes) }
  }
}

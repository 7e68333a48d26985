public import Graph
public import Ops
internal import Tensor

/// Tries a modest set of tilings around the operator that binds the peak, and keeps the best.
public struct TilingSearch: Sendable {
  /// A tiling, or none, with the plan it lowers to.
  public struct Candidate: Sendable {
    /// The tiling; `nil` for the untiled program.
    public let tiling: Tiling?
    /// The plan.
    public let plan: Plan
    /// Multiply-accumulates of the plan.
    public let macs: Int
  }

  private let graph: Graph
  private let profile: Profile
  private let options: PlanningOptions

  /// The most operators in one group; longer runs cost too much to try one by one.
  private static let longestGroup = 16

  /// The most operators in one group that lies anywhere in the network.
  private static let longestGroupAnywhere = 4

  /// How candidates are planned: all of them in the order of the file, by greedy layouts.
  private var quickOptions: PlanningOptions {
    var options = options
    options.order = .file
    options.layoutNodeLimit = 0
    return options
  }

  /// Prepares a search.
  public init(
    _ graph: Graph, profile: Profile, options: PlanningOptions = PlanningOptions()
  ) {
    self.options = options
    self.graph = graph
    self.profile = profile
  }

  /// The candidate of the lowest peak that adds floats in the network's order; among equals, of the fewest multiply-accumulates, then the
  /// first tried.
  ///
  /// - Complexity: O(g) lowerings, for the g groups of consecutive operators around the peak.
  public func best() -> Candidate {
    let untiled = TilingLowering.untiled(graph, profile: profile, options: options)
    let best = Candidate(tiling: nil, plan: untiled, macs: graph.macs)
    guard let binding = try? PlanBinding(untiled, to: graph),
      let peakStep = MemoryProfile(binding).bindingStep
    else { return best }
    let found = lowest(of: groups(around: untiled.steps[peakStep].op), below: best)
    return found.map(refined) ?? best
  }

  /// The candidate in a better order and layout, if there is one.
  private func refined(_ candidate: Candidate) -> Candidate {
    guard let tiling = candidate.tiling,
      let plan = try? TilingLowering.plan(tiling, for: graph, profile: profile, options: options),
      plan.peakInBytes < candidate.plan.peakInBytes
    else { return candidate }
    return Candidate(tiling: tiling, plan: plan, macs: candidate.macs)
  }

  /// The best candidate that has a group of `mode`; `nil` if none of those that are tried can be
  /// lowered.
  ///
  /// Groups around the peak come first, then shorter ones anywhere. Groups of channels that end in
  /// partial sums come before others, and lines are not cut across.
  public func best(in mode: FusedGroup.Mode) -> Candidate? {
    let untiled = TilingLowering.untiled(graph, profile: profile, options: options)
    guard let binding = try? PlanBinding(untiled, to: graph),
      let peakStep = MemoryProfile(binding).bindingStep
    else { return nil }
    let around = groups(around: untiled.steps[peakStep].op)
    let anywhere = graph.nodes.indices.flatMap { low in
      (low + 1..<min(low + Self.longestGroupAnywhere, graph.nodes.count)).flatMap {
        modes(for: Array(low...$0))
      }
    }
    for needsSums in mode == .channels ? [true, false] : [false] {
      for groups in [around, anywhere] {
        let own = groups.filter { $0.mode == mode && (mode != .line || $0.cuts.width == nil) }
        if let best = lowest(of: own, below: nil, needsSums: needsSums) { return refined(best) }
      }
    }
    return nil
  }

  /// The best of groups that can be lowered and of the candidate `start`.
  private func lowest(
    of groups: [FusedGroup], below start: Candidate?, needsSums: Bool = false
  ) -> Candidate? {
    var best = start
    for group in groups {
      let tiling = Tiling(modelHash: graph.modelHash, groups: [group])
      // A tiling that cannot be lowered is no candidate.
      guard
        let plan = try? TilingLowering.plan(
          tiling, for: graph, profile: profile, options: quickOptions)
      else {
        continue
      }
      if needsSums && !plan.steps.contains(where: { $0.phase == .add }) { continue }
      let peak = plan.peakInBytes
      if let best, peak > best.plan.peakInBytes { continue }
      guard let macs = macs(of: plan) else { continue }
      if let best, (peak, macs) >= (best.plan.peakInBytes, best.macs) { continue }
      best = Candidate(tiling: tiling, plan: plan, macs: macs)
    }
    return best
  }

  /// Multiply-accumulates that the steps of a plan imply; `nil` for one that rounds floats otherwise
  /// than the network.
  private func macs(of plan: Plan) -> Int? {
    guard let binding = try? PlanBinding(plan, to: graph), binding.keepsOrderOfFloatSums else {
      return nil
    }
    return plan.steps.reduce(0) { $0 + binding.macs(of: $1) }
  }

  /// Groups of consecutive operators that hold `peak`, in every mode.
  private func groups(around peak: Int) -> [FusedGroup] {
    let first = max(0, peak - Self.longestGroup + 1)
    let last = min(graph.nodes.count - 1, peak + Self.longestGroup - 1)
    var groups: [FusedGroup] = []
    for low in first...peak {
      for high in peak...last where high > low && high - low < Self.longestGroup {
        groups += modes(for: Array(low...high))
      }
    }
    return groups
  }

  private func modes(for ops: [Int]) -> [FusedGroup] {
    guard let last = ops.last, let exit = graph.nodes[last].outputs.first,
      let operand = graph.nodes[last].summedInput
    else { return [] }
    let (shape, input) = (graph.tensors[exit].type.shape, graph.tensors[operand].type.shape)
    var groups = [FusedGroup(ops: ops, mode: .line)]
    // A streamed sum has one column; its operand's columns are what is cut.
    let columns = max(shape.rank == 4 ? shape[2] : 1, input.rank == 4 ? input[2] : 1)
    if columns > 1 {
      groups.append(
        FusedGroup(ops: ops, mode: .line, cuts: .init(width: Array(0...columns))))
    }
    if shape.rank == 4 {
      for parts in [2, 4] where parts <= shape[1] {
        groups.append(
          FusedGroup(
            ops: ops, mode: .recompute, cuts: .init(height: Self.even(shape[1], parts))))
      }
    }
    if let start = graph.nodes[ops[0]].outputs.first,
      let channels = graph.tensors[start].type.shape.extents.last
    {
      for parts in [4, 16] where parts <= channels {
        groups.append(
          FusedGroup(
            ops: ops, mode: .channels, cuts: .init(channels: Self.even(channels, parts))))
      }
    }
    return groups
  }

  /// Boundaries that cut `extent` into `parts` of nearly equal length.
  private static func even(_ extent: Int, _ parts: Int) -> [Int] {
    (0...parts).map { $0 * extent / parts }
  }
}

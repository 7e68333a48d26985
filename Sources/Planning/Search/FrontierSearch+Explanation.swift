internal import Graph
internal import Ops
internal import Tensor

extension FrontierSearch {
  /// What speaks against a group of an operator that runs whole.
  public enum Explanation: Hashable, Sendable {
    /// A rule keeps it out of every group.
    case refused(String)
    /// Every group that holds it adds more multiply-accumulates than a plan may; `added` are the fewest.
    case tooManyMACs(FusedGroup, added: Int)
    /// Of the groups that hold it, one that is estimated to need the fewest bytes.
    case weighed(FusedGroup, bytes: Int)
  }

  /// By operator, what speaks against a group of it; `nil` for one that a tiling has in a group.
  ///
  /// - Complexity: weighs all groups of consecutive operators that hold one which runs whole.
  public func explain(_ tiling: Tiling) -> [Explanation?] {
    let enumeration = GroupEnumeration(graph, options)
    let grouped = Set(tiling.groups.flatMap(\.ops))
    let whole = graph.nodes.indices.filter { !grouped.contains($0) }
    let found = Parallel.map(graph.nodes.count) { place in
      bestGroups(from: place, of: whole, enumeration)
    }
    return graph.nodes.indices.map { op in
      if grouped.contains(op) { return nil }
      let groups = found.compactMap { $0[op] }
      let affordable = groups.compactMap(\.affordable)
      if let best = affordable.min(by: { ($0.bytes, $0.added) < ($1.bytes, $1.added) }) {
        return .weighed(best.group, bytes: best.bytes)
      }
      if let best = groups.map(\.cheapest).min(by: { $0.added < $1.added }) {
        return .tooManyMACs(best.group, added: best.added)
      }
      return .refused(refusal(of: op, enumeration))
    }
  }

  /// A group and what it takes.
  private struct Weighed {
    let group: FusedGroup
    /// Bytes that are in use together, with what lies beside the group.
    let bytes: Int
    /// Multiply-accumulates beyond those of its operators run whole.
    let added: Int
  }

  /// The best of the groups that hold an operator.
  private struct BestGroups {
    /// The one that adds the fewest multiply-accumulates.
    var cheapest: Weighed
    /// Of those that add no more than a plan may, the one that needs the fewest bytes.
    var affordable: Weighed?
  }

  /// By operator of `whole`, the best groups that start at `place`.
  private func bestGroups(
    from place: Int, of whole: [Int], _ enumeration: GroupEnumeration
  ) -> [Int: BestGroups] {
    var best: [Int: BestGroups] = [:]
    let largest = options.largestMACs(of: graph.macs)
    var macs = 0
    for end in place + 1..<min(graph.nodes.count, place + GroupEnumeration.longestGroup) + 1 {
      macs += graph.macs(of: end - 1)
      let held = whole.filter { (place..<end).contains($0) }
      if !enumeration.canBeInside(end - 1) { break }
      if held.isEmpty { continue }
      let beside = enumeration.table.roomBeside(place..<end)
      for candidate in enumeration.candidates(place..<end) {
        guard let group = candidate.group else { continue }
        let weighed = Weighed(
          group: group, bytes: candidate.cost.room + beside, added: candidate.cost.macs - macs)
        for op in held {
          var groups = best[op] ?? BestGroups(cheapest: weighed)
          if weighed.added < groups.cheapest.added { groups.cheapest = weighed }
          if graph.macs + weighed.added <= largest,
            groups.affordable.map({
              (weighed.bytes, weighed.added) < ($0.bytes, $0.added)
            }) ?? true
          {
            groups.affordable = weighed
          }
          best[op] = groups
        }
      }
    }
    return best
  }

  // MARK: Rules

  /// The rule that keeps an operator out of all groups.
  private func refusal(of op: Int, _ enumeration: GroupEnumeration) -> String {
    if enumeration.table.operators[op].isRecurrent {
      return "it keeps state from one run to the next; a tile would change it"
    }
    if !enumeration.canBeInside(op) {
      return graph.nodes[op].outputs.count > 1
        ? "it has several results; groups are of operators with one"
        : "it reads or makes a tensor without elements"
    }
    var axes: [String] = []
    for specimen in specimens(of: op) {
      do throws(TilingError) {
        var draft = PlanDraft(graph)
        try CheckedGroup(specimen, index: 0, graph: graph).lower(into: &draft)
      } catch {
        guard case .cannotCut(_, op, _, let axis) = error else { continue }
        if !axes.contains(axis) { axes.append(axis) }
      }
    }
    guard let last = axes.last else {
      return "no group of these modes that a search tries holds it"
    }
    let others = axes.dropLast().joined(separator: ", ")
    return "it cannot be cut along its " + (others.isEmpty ? last : "\(others) or \(last)")
  }

  /// A group of an operator alone for each axis along which the modes of the search cut.
  private func specimens(of op: Int) -> [FusedGroup] {
    let shape = graph.tensors[graph.nodes[op].outputs[0]].type.shape
    func whole(_ axis: Int) -> [Int] { [0, axis < shape.rank ? shape[axis] : 1] }
    let isSpatial = !options.modes.isDisjoint(with: [.line, .ffmt, .strip, .nested])
    let isSliced = !options.modes.isDisjoint(with: [.fdt, .nested])
    let spatial = [
      FusedGroup(ops: [op], mode: .recompute, cuts: .init(height: whole(1))),
      FusedGroup(ops: [op], mode: .recompute, cuts: .init(width: whole(2))),
    ]
    let sliced = [
      FusedGroup(ops: [op], mode: .channels, cuts: .init(channels: whole(max(0, shape.rank - 1))))
    ]
    return (isSpatial ? spatial : []) + (isSliced ? sliced : [])
  }
}

internal import Graph
internal import Tensor

extension FrontierSearch {
  /// Why an operator runs as it does in a plan of the frontier.
  public struct Explanation: Hashable, Sendable {
    /// The operator.
    public let op: Int
    /// Why it runs whole, or `nil` for one in a group.
    public let reason: String?
  }

  /// Says of every operator that a tiling leaves whole which rule kept it out of groups; `peakInBytes` is that of
  /// the tiling's plan.
  ///
  /// An operator that no group of it and a neighbour can hold is told by the first rule that refuses it; of others
  /// it is said what their groups need.
  public func explain(_ tiling: Tiling, peakInBytes: Int) -> [Explanation] {
    let enumeration = GroupEnumeration(graph, options)
    let grouped = Set(tiling.groups.flatMap(\.ops))
    return graph.nodes.indices.map { op in
      Explanation(op: op, reason: grouped.contains(op) ? nil : reason(op, enumeration, peakInBytes))
    }
  }

  private func reason(
    _ op: Int, _ enumeration: GroupEnumeration, _ peak: Int
  ) -> String {
    if !enumeration.canBeInside(op) {
      if enumeration.table.operators[op].isRecurrent {
        return "it keeps state from one run to the next; a tile would change it"
      }
      return graph.nodes[op].outputs.count > 1
        ? "it has several results; groups are of operators with one"
        : "it reads or makes a tensor without elements"
    }
    let neighbourhoods = [op - 1..<op + 1, op..<op + 2].filter {
      $0.lowerBound >= 0 && $0.upperBound <= graph.nodes.count
    }
    let rooms = neighbourhoods.flatMap { ops in
      enumeration.candidates(ops).filter { $0.group != nil }
        .map { $0.cost.room + enumeration.table.roomBeside(ops) }
    }
    if let least = rooms.min() {
      return least < peak
        ? "a group with a neighbour fits, but lowers nothing: the peak is elsewhere"
        : "with a neighbour it would need \(least) bytes at least, no less than the peak"
    }
    return neighbourhoods.lazy.compactMap(refusal).first ?? "it has no neighbour"
  }

  /// The rule that refuses rows of two operators; `nil` if none does.
  private func refusal(_ ops: Range<Int>) -> String? {
    let group = FusedGroup(ops: Array(ops), mode: .line)
    do throws(TilingError) {
      var draft = PlanDraft(graph)
      try CheckedGroup(group, index: 0, graph: graph).lower(into: &draft)
      return nil
    } catch {
      return error.description.split(separator: ":", maxSplits: 1).last.map {
        String($0.drop { $0 == " " })
      }
    }
  }
}

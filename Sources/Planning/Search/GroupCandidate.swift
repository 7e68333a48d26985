/// A way to run some consecutive operators.
public struct GroupCandidate: Sendable {
  /// The group; `nil` for an operator that runs whole.
  public let group: FusedGroup?
  /// What it costs.
  public let cost: GroupCost

  /// How much there is to the group: nothing to an operator that runs whole.
  var complexity: Int {
    guard let group else { return 0 }
    let cuts = [group.cuts.height, group.cuts.width, group.cuts.channels].count { $0 != nil }
    return 1 + cuts + 2 * group.inner.count + min(1, group.early.count)
  }
}

extension [GroupCandidate] {
  /// Those that no other one beats in one cost and equals in the other; of equal ones the first.
  var undominated: [GroupCandidate] {
    let order = indices.sorted {
      (self[$0].cost.macs, self[$0].cost.room, $0) < (self[$1].cost.macs, self[$1].cost.room, $1)
    }
    var kept: [GroupCandidate] = []
    for index in order where self[index].cost.room < kept.last?.cost.room ?? .max {
      kept.append(self[index])
    }
    return kept
  }
}

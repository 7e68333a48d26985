/// A way to run some consecutive operators.
public struct GroupCandidate: Sendable {
  /// The group; `nil` for an operator that runs whole.
  public let group: FusedGroup?
  /// What it costs.
  public let cost: GroupCost
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

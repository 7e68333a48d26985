/// A way to run all operators up to some place: groups side by side.
struct SearchLabel {
  /// The bytes of the group that needs most, with what lies beside it.
  let peak: Int
  /// Multiply-accumulates.
  let macs: Int
  /// The bytes that groups need, added up over their operators: of labels that are equal in the rest, one with less
  /// leaves a layout more room.
  let load: Int
  /// How much there is to its groups: of labels that are equal in the rest, the plainest is wanted.
  let complexity: Int
  /// The label that this one continues, at the place where its last group starts; -1 at the start.
  let parent: (place: Int, index: Int)
  /// The last group, among the candidates that end here.
  let candidate: Int
}

extension [SearchLabel] {
  /// At most `limit` labels, those that none dominates before others; ascending by multiply-accumulates.
  func best(_ limit: Int) -> (labels: [SearchLabel], isComplete: Bool) {
    let order = indices.sorted {
      (self[$0].macs, self[$0].peak, self[$0].complexity, self[$0].load, $0)
        < (self[$1].macs, self[$1].peak, self[$1].complexity, self[$1].load, $1)
    }
    if count <= limit { return (order.map { self[$0] }, true) }
    // How far the best label of no more multiply-accumulates lies below.
    var excess = [Int](repeating: 0, count: count)
    var lowest = Int.max
    for index in order {
      excess[index] = lowest == .max ? Int.min : self[index].peak - lowest
      lowest = Swift.min(lowest, self[index].peak)
    }
    let kept = Set(order.sorted { (excess[$0], $0) < (excess[$1], $1) }.prefix(limit))
    return (order.filter(kept.contains).map { self[$0] }, false)
  }
}

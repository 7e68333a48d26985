internal import Graph
internal import Ops
internal import Planning

/// Takes groups away, operators from their ends, and boundaries of tiles.
struct TileReduction: CaseReduction {
  func candidates(of original: FuzzCase) -> [() -> [FuzzCase]] {
    let groups = original.recipe.groups
    func recipe(_ change: @escaping (inout [FusedGroup]) -> Void) -> () -> [FuzzCase] {
      {
        var recipe = original.recipe
        change(&recipe.groups)
        return [FuzzCase(original.graph, recipe)]
      }
    }
    return groups.indices.flatMap { index in
      [recipe { $0.remove(at: index) }]
        + simpler(groups[index], original).map { group in recipe { $0[index] = group } }
    }
  }

  /// Groups with one thing less.
  private func simpler(_ group: FusedGroup, _ original: FuzzCase) -> [FusedGroup] {
    var simpler = shorter(group, original)
    func add(_ change: (inout FusedGroup) -> Void) {
      var changed = group
      change(&changed)
      if changed != group { simpler.append(changed) }
    }
    add { $0.inner = [] }
    for inner in group.inner {
      for changed in self.simpler(inner, original) { add { $0.inner = [changed] } }
    }
    add { $0.early = [] }
    add { $0.step = 1 }
    for axis in [\FusedGroup.Cuts.height, \.width, \.channels] {
      guard let cuts = group.cuts[keyPath: axis] else { continue }
      add { $0.cuts[keyPath: axis] = nil }
      for place in cuts.indices.dropFirst().dropLast() {
        add { $0.cuts[keyPath: axis]?.remove(at: place) }
      }
    }
    return simpler
  }

  /// The group without its first or its last operator.
  private func shorter(_ group: FusedGroup, _ original: FuzzCase) -> [FusedGroup] {
    guard group.ops.count > 1 else { return [] }
    return [group.ops.dropFirst(), group.ops.dropLast()].flatMap { ops -> [FusedGroup] in
      let kept = Dictionary(uniqueKeysWithValues: ops.map { ($0, $0) })
      let shorter = group.renumbered(kept)
      return CutFitting.Way.allCases.reduce(into: []) { groups, way in
        let fitting = CutFitting(from: original.graph, to: original.graph, way)
        let fitted = fitting.fitted(shorter, was: group)
        if groups.last != fitted { groups.append(fitted) }
      }
    }
  }
}

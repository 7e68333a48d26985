public import Graph
public import Planning
internal import Tensor

/// A mistake in a tiling for which lowering must give the reason.
public enum TilingMistake: String, Hashable, Sendable, CaseIterable {
  case otherModel = "tiling for another model"
  case noOperators = "group without operators"
  case noSuchOperator = "operator that is not there"
  case notAscending = "operators not in ascending order"
  case sharedOperator = "operator in two groups"
  case badCuts = "cuts that do not ascend"
  case badStep = "step of 0"
  case keyOfOtherMode = "key of another mode"
  case badEarly = "last operator run early"
  case nestedTiles = "tiles nested in tiles"
  case notContained = "nested operators that are not in the group"

  /// The tiling with the mistake; `nil` where it has no place for it.
  ///
  /// - Precondition: the tiling is sound without.
  public func applied(
    to tiling: Tiling, of graph: Graph, seed: UInt64
  ) -> Tiling? {
    var tiling = tiling
    if self == .otherModel {
      tiling.modelHash += "0"
      return tiling
    }
    var generator = SplitMix64(seed: seed)
    let places = tiling.groups.indices.shuffled(using: &generator)
    for index in places {
      guard let group = changed(tiling.groups[index], graph.nodes.count) else { continue }
      tiling.groups[index] = group
      // The same group once more is a second one of its operators.
      if self == .sharedOperator { tiling.groups.append(group) }
      return tiling
    }
    return nil
  }

  /// The group with the mistake; `nil` where it has no place for it.
  private func changed(_ sound: FusedGroup, _ operatorCount: Int) -> FusedGroup? {
    var group = sound
    switch self {
    case .otherModel, .sharedOperator: break
    case .noOperators: group.ops = []
    case .noSuchOperator: group.ops.append(operatorCount)
    case .notAscending: group.ops.append(group.ops[0])
    case .badCuts:
      let cuts = [\FusedGroup.Cuts.height, \.width, \.channels].first {
        group.cuts[keyPath: $0] != nil
      }
      guard let cuts, let extent = group.cuts[keyPath: cuts]?.last else { return nil }
      group.cuts[keyPath: cuts]?.append(extent)
    case .badStep:
      guard group.mode == .line else { return nil }
      group.step = 0
    case .keyOfOtherMode:
      if group.mode == .line { group.cuts.channels = [0, 1] } else { group.step = 2 }
    case .badEarly:
      guard group.mode == .line, let last = group.ops.last else { return nil }
      group.early = [last]
    case .nestedTiles:
      guard group.mode == .recompute else { return nil }
      group.inner = [FusedGroup(ops: group.ops, mode: .recompute)]
    case .notContained:
      guard group.mode == .recompute, operatorCount > group.ops.count else { return nil }
      let other = (0..<operatorCount).first { !group.ops.contains($0) }
      group.inner = [FusedGroup(ops: [other ?? 0], mode: .line)]
    }
    return group
  }

  /// Whether a refusal gives this as the reason.
  public func explains(_ error: TilingError) -> Bool {
    switch (self, error) {
    case (.otherModel, .otherModel), (.noOperators, .badOperators),
      (.noSuchOperator, .badOperators), (.notAscending, .badOperators),
      (.sharedOperator, .sharedOperator), (.badCuts, .badCuts), (.badStep, .badStep),
      (.keyOfOtherMode, .keyOfOtherMode), (.badEarly, .badEarly),
      (.nestedTiles, .badNesting(_, .insideItself)),
      (.notContained, .badNesting(_, .notContained)):
      true
    default: false
    }
  }
}

internal import Graph
internal import Ops
internal import Planning
internal import Tensor

/// Fits the cuts of groups to a network whose operators or extents are others.
struct CutFitting {
  /// Where cuts go when an extent changes.
  enum Way: CaseIterable {
    /// They stay where they are in proportion.
    case scaled
    /// They stay as far as there is something to cut.
    case clamped
  }

  private let old: Graph
  private let new: Graph
  private let way: Way

  init(from old: Graph, to new: Graph, _ way: Way) {
    self.old = old
    self.new = new
    self.way = way
  }

  /// The group `group` of the new network, which was `was` in the old one, with cuts that fit.
  func fitted(_ group: FusedGroup, was: FusedGroup) -> FusedGroup {
    guard !group.ops.isEmpty else { return group }
    var fitted = group
    let (exit, oldExit) = (group.ops[group.ops.count - 1], was.ops[was.ops.count - 1])
    fitted.cuts.height = cuts(group.cuts.height, along: 1, of: exit, was: oldExit)
    fitted.cuts.width = cuts(group.cuts.width, along: 2, of: exit, was: oldExit)
    fitted.cuts.channels = cuts(group.cuts.channels, along: -1, of: group.ops[0], was: was.ops[0])
    fitted.inner = zip(group.inner, was.inner).map { self.fitted($0, was: $1) }
    return fitted
  }

  /// Cuts of an axis of an operator's result, or of its first operand: a line may be cut along that.
  private func cuts(_ cuts: [Int]?, along axis: Int, of op: Int, was oldOp: Int) -> [Int]? {
    guard let cuts, let extent = cuts.last else { return cuts }
    let pairs = zip(Self.shapes(of: oldOp, in: old), Self.shapes(of: op, in: new))
    for (before, after) in pairs {
      let (place, newPlace) = axis < 0 ? (before.count - 1, after.count - 1) : (axis, axis)
      guard before.indices.contains(place), before[place] == extent,
        after.indices.contains(newPlace)
      else { continue }
      if after[newPlace] == extent { return cuts }
      return Set(cuts.map { moved($0, extent, after[newPlace]) }).sorted()
    }
    return cuts
  }

  private func moved(_ cut: Int, _ old: Int, _ new: Int) -> Int {
    switch way {
    case .scaled: cut == old ? new : cut * new / max(old, 1)
    case .clamped: cut == old ? new : min(cut, new)
    }
  }

  private static func shapes(of op: Int, in graph: Graph) -> [[Int]] {
    let signature = graph.nodes[op].signature
    return (signature.outputs.prefix(1) + signature.inputs.prefix(1).compactMap { $0?.type }).map {
      $0.shape.extents
    }
  }
}

extension FuzzCase {
  /// The case with a network of the same operators whose tensors have other extents, and cuts that fit.
  func resized(_ network: Graph?) -> [FuzzCase] {
    guard let network else { return [] }
    return CutFitting.Way.allCases.reduce(into: []) { cases, way in
      let fitting = CutFitting(from: graph, to: network, way)
      var recipe = recipe
      recipe.groups = recipe.groups.map { fitting.fitted($0, was: $0) }
      if cases.last?.recipe != recipe { cases.append(FuzzCase(network, recipe)) }
    }
  }
}

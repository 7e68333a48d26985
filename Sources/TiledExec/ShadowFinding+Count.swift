internal import Graph
internal import Tensor

extension ShadowFinding {
  /// The read of an element, or sum, in whose place something else lies.
  static func read(
    _ owner: AddressMap.Owner, step: Int?, instead: Occupant, _ graph: Graph
  ) -> ShadowFinding {
    let tensor = graph.tensors[owner.tensor]
    let first = tensor.type.shape.coordinate(at: owner.index)
    return instead == .nothing
      ? .unwrittenRead(
        step: step, tensor: tensor.shortName, isSum: owner.isSum, count: 1, first: first)
      : .staleRead(
        step: step, tensor: tensor.shortName, isSum: owner.isSum, count: 1, first: first,
        instead: instead)
  }

  /// What findings of one kind have in common: all but their count and their first place.
  fileprivate struct Kind: Hashable {
    /// The finding's place among the cases.
    let order: Int
    let step: Int?
    let tensor: String?
    let isSum: Bool
  }

  fileprivate var kind: Kind {
    switch self {
    case .unwrittenRead(let step, let tensor, let isSum, _, _):
      Kind(order: 0, step: step, tensor: tensor, isSum: isSum)
    case .staleRead(let step, let tensor, let isSum, _, _, _):
      Kind(order: 1, step: step, tensor: tensor, isSum: isSum)
    case .readOutsideOperands(let step, _, _):
      Kind(order: 2, step: step, tensor: nil, isSum: false)
    case .writeOutsideTile(let step, let tensor, _, _):
      Kind(order: 3, step: step, tensor: tensor, isSum: false)
    }
  }

  /// This finding, with one more of its kind.
  fileprivate var oneMore: ShadowFinding {
    switch self {
    case .unwrittenRead(let step, let tensor, let isSum, let count, let first):
      .unwrittenRead(step: step, tensor: tensor, isSum: isSum, count: count + 1, first: first)
    case .staleRead(let step, let tensor, let isSum, let count, let first, let instead):
      .staleRead(
        step: step, tensor: tensor, isSum: isSum, count: count + 1, first: first, instead: instead)
    case .readOutsideOperands(let step, let count, let first):
      .readOutsideOperands(step: step, count: count + 1, first: first)
    case .writeOutsideTile(let step, let tensor, let count, let first):
      .writeOutsideTile(step: step, tensor: tensor, count: count + 1, first: first)
    }
  }
}

extension [ShadowFinding] {
  /// Adds a finding, as one more of its kind if there is one.
  mutating func count(_ finding: ShadowFinding) {
    if let index = firstIndex(where: { $0.kind == finding.kind }) {
      self[index] = self[index].oneMore
    } else {
      append(finding)
    }
  }
}

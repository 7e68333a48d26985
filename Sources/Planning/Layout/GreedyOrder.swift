/// An order in which first fit may place the buffers of a problem.
enum GreedyOrder: CaseIterable {
  /// The largest first.
  case sizes
  /// Those first that take most bytes for the longest time.
  case areas
  /// Those first that live longest.
  case lifetimes
  /// The earliest first.
  case starts
  /// Those with extents first, the latest of them first: what grows lies below what shrinks.
  case shapesThenStarts
  /// The earliest first, but those with extents last: they go around what lies in their dead parts.
  case startsThenShapes
  /// Those with extents first, the smallest of them first; then the largest.
  case shapesThenSizes

  /// The orders to try: only the first few where no buffer has extents.
  static func orders(for problem: LayoutProblem) -> ArraySlice<GreedyOrder> {
    problem.hasExtents ? allCases[...] : allCases[..<3]
  }

  /// The buffers that take room, in this order.
  func buffers(of problem: LayoutProblem) -> [Int] {
    let keys = problem.buffers.map(key)
    return problem.buffers.indices.filter { problem.buffers[$0].takesRoom }.sorted { a, b in
      (keys[b].0, keys[b].1, a) < (keys[a].0, keys[a].1, b)
    }
  }

  /// What buffers descend by; the second number decides between equal ones.
  private func key(_ buffer: LayoutProblem.Buffer) -> (Int, Double) {
    let size = Double(buffer.sizeInBytes)
    let lifetime = buffer.lifespans.reduce(0) { $0 + Double($1.count) }
    let start = Double(buffer.lifespans.first?.lowerBound ?? 0)
    let isShaped = !buffer.extents.isEmpty
    return switch self {
    case .sizes: (0, size)
    case .areas: (0, size * lifetime)
    case .lifetimes: (0, lifetime)
    case .starts: (0, -start)
    case .shapesThenStarts: isShaped ? (1, start) : (0, -start)
    case .startsThenShapes: (isShaped ? -1 : 0, -start)
    case .shapesThenSizes: isShaped ? (1, -size) : (0, size)
    }
  }
}

extension LayoutProblem {
  /// Whether of any buffer only a part may be in use.
  var hasExtents: Bool { buffers.contains { !$0.extents.isEmpty } }
}

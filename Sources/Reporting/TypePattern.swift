internal import Ops
internal import Tensor

/// Combinations of element types that differ in one type alone, which is called T.
struct TypePattern: Hashable {
  /// Operands, an arrow, results.
  let text: String
  /// The types that T may be.
  private(set) var elements = ""

  private init(text: String) { self.text = text }

  /// Few patterns that are together what an operator takes; those of most combinations come first.
  static func cover(of operation: OperatorCapabilities) -> [TypePattern] {
    var members: [TypePattern: [ElementCombination]] = [:]
    for types in operation.types {
      guard let data = types.results.first else { continue }
      for pattern in patterns(of: types, data, operation) {
        members[pattern, default: []].append(types)
      }
    }
    var missing = Set(operation.types)
    var cover: [(pattern: TypePattern, types: [ElementCombination])] = []
    let candidates = members.sorted {
      ($1.value.count, $0.key.text) < ($0.value.count, $1.key.text)
    }
    for (pattern, types) in candidates where !missing.isDisjoint(with: types) {
      missing.subtract(types)
      cover.append((pattern, types))
    }
    // An early pattern may be all in later ones.
    for index in cover.indices.reversed() {
      let others = cover.indices.filter { $0 != index }.flatMap { cover[$0].types }
      if Set(others).isSuperset(of: cover[index].types) { cover.remove(at: index) }
    }
    return cover.map { pattern, types in
      var pattern = pattern
      let elements = types.compactMap(\.results.first)
      pattern.elements =
        elements.count == ElementType.allCases.count
        ? "any" : elements.map(\.rawValue).joined(separator: " ")
      return pattern
    }
  }

  /// Every way to call some of the types T that are `data`, the results among them.
  private static func patterns(
    of types: ElementCombination, _ data: ElementType, _ operation: OperatorCapabilities
  ) -> [TypePattern] {
    let places = types.operands.indices.filter { types.operands[$0] == data }
    // Operands of any number have one type; of many, all that could be T are.
    let choices =
      operation.takesAnyNumber || places.count > 4 ? [Set(places)] : subsets(of: places)
    return choices.map { choice in
      var operands = types.operands.indices.map { index in
        choice.contains(index) ? "T" : types.operands[index]?.rawValue ?? "-"
      }
      if operation.takesAnyNumber { operands = [operands.first ?? "-", "..."] }
      var results = types.results.map { $0 == data ? "T" : $0.rawValue }
      if operation.makesAnyNumber { results = [results.first ?? "-", "..."] }
      return TypePattern(
        text: Self.shortened(operands) + " -> " + Self.shortened(results))
    }
  }

  /// The types one after the other, more than three of one type as a multiple.
  private static func shortened(_ types: [String]) -> String {
    var runs: [(type: String, count: Int)] = []
    for type in types {
      if let last = runs.last, last.type == type {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((type, 1))
      }
    }
    return runs.map { type, count in
      count > 3
        ? "\(count)*\(type)" : [String](repeating: type, count: count).joined(separator: " ")
    }.joined(separator: " ")
  }

  private static func subsets(of places: [Int]) -> [Set<Int>] {
    places.reduce([[]]) { subsets, place in subsets + subsets.map { $0.union([place]) } }
  }
}

/// A set of steps, one bit each.
struct StepSet: Hashable, Sendable {
  private var words: [UInt64]

  /// The empty set, with room for steps below `capacity`.
  init(capacity: Int) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

  /// The set of all steps below `count`.
  init(all count: Int) {
    self.init(capacity: count)
    for step in 0..<count { insert(step) }
  }

  /// How many steps the set holds.
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether the set holds no step.
  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Whether the set holds `step`.
  func contains(_ step: Int) -> Bool { words[step >> 6] >> UInt64(step & 63) & 1 == 1 }

  /// Puts `step` into the set.
  mutating func insert(_ step: Int) { words[step >> 6] |= 1 << UInt64(step & 63) }

  /// Takes `step` out of the set.
  mutating func remove(_ step: Int) { words[step >> 6] &= ~(1 << UInt64(step & 63)) }

  /// Whether `other` holds all steps of this set.
  func isSubset(of other: StepSet) -> Bool {
    words.indices.allSatisfy { words[$0] & ~other.words[$0] == 0 }
  }

  /// Whether `other` holds all steps of this set but perhaps `exception`.
  func isSubset(of other: StepSet, exceptFor exception: Int) -> Bool {
    words.indices.allSatisfy { index in
      let missing = words[index] & ~other.words[index]
      return missing == 0
        || (index == exception >> 6 && missing == 1 << UInt64(exception & 63))
    }
  }

  /// Whether no step is in both sets.
  func isDisjoint(with other: StepSet) -> Bool {
    words.indices.allSatisfy { words[$0] & other.words[$0] == 0 }
  }

  /// Adds the steps of `other`.
  mutating func formUnion(_ other: StepSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  /// The steps of this set that `other` does not hold.
  func subtracting(_ other: StepSet) -> StepSet {
    var result = self
    for index in words.indices { result.words[index] &= ~other.words[index] }
    return result
  }
}

extension StepSet: Sequence {
  /// Visits the steps in ascending order.
  func makeIterator() -> Iterator { Iterator(words: words) }

  /// What is left of a walk over a set.
  struct Iterator: IteratorProtocol {
    private let words: [UInt64]
    private var index = 0
    private var rest: UInt64

    init(words: [UInt64]) {
      self.words = words
      rest = words.first ?? 0
    }

    mutating func next() -> Int? {
      while rest == 0 {
        index += 1
        guard index < words.count else { return nil }
        rest = words[index]
      }
      let step = index << 6 | rest.trailingZeroBitCount
      rest &= rest - 1
      return step
    }
  }
}

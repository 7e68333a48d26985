/// Chooses the first few of some indices in an order, by a heap.
///
/// Source: libstdc++, `std::partial_sort`. Which of several that the order does not tell apart come first
/// depends on the steps of the algorithm, so that these are the same.
struct HeapSelection {
  private var indices: [Int]
  private let precedes: (Int, Int) -> Bool

  /// The first `count` of `0..<total`, in order.
  ///
  /// - Precondition: `count` is in `1...total`.
  static func first(
    _ count: Int, of total: Int, by precedes: @escaping (Int, Int) -> Bool
  ) -> [Int] {
    var selection = HeapSelection(indices: Array(0..<total), precedes: precedes)
    selection.select(count)
    return Array(selection.indices[..<count])
  }

  /// Keeps a heap of `count`, the last of them on top, and sorts it in the end.
  private mutating func select(_ count: Int) {
    for parent in (0..<count / 2).reversed() { place(indices[parent], at: parent, count: count) }
    for next in count..<indices.count where precedes(indices[next], indices[0]) {
      popTop(to: next, count: count)
    }
    for last in (1..<count).reversed() { popTop(to: last, count: last) }
  }

  /// Moves the top of a heap of `count` to `target`, and what lay there into the heap.
  private mutating func popTop(to target: Int, count: Int) {
    let value = indices[target]
    indices[target] = indices[0]
    place(value, at: 0, count: count)
  }

  /// Puts `value` below `top`: the hole there sinks to a leaf, then rises to where `value` belongs.
  private mutating func place(_ value: Int, at top: Int, count: Int) {
    var hole = top
    while 2 * hole + 2 < count {
      let right = 2 * hole + 2
      let child = precedes(indices[right], indices[right - 1]) ? right - 1 : right
      indices[hole] = indices[child]
      hole = child
    }
    if 2 * hole + 2 == count {
      indices[hole] = indices[count - 1]
      hole = count - 1
    }
    while hole > top, precedes(indices[(hole - 1) / 2], value) {
      indices[hole] = indices[(hole - 1) / 2]
      hole = (hole - 1) / 2
    }
    indices[hole] = value
  }
}

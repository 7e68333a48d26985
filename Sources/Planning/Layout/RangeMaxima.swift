/// Numbers, at first all 0, that are raised and asked for by ranges.
struct RangeMaxima {
  /// For each node of a binary tree: what all its leaves were raised to, and the maximum of them.
  private var nodes: [(all: Int, maximum: Int)]
  private let leaves: Range<Int>

  init(count: Int) {
    var size = 1
    while size < count { size *= 2 }
    leaves = 0..<size
    nodes = [(all: Int, maximum: Int)](repeating: (0, 0), count: 2 * size)
  }

  /// The largest number in `range`.
  subscript(range: Range<Int>) -> Int { maximum(of: range, below: 1, covering: leaves) }

  /// Raises the numbers in `range` that are below `value`.
  mutating func raise(_ range: Range<Int>, to value: Int) {
    raise(range, to: value, below: 1, covering: leaves)
  }

  private func maximum(of range: Range<Int>, below node: Int, covering leaves: Range<Int>) -> Int {
    guard range.overlaps(leaves) else { return 0 }
    if range.contains(leaves) { return nodes[node].maximum }
    let middle = leaves.lowerBound + leaves.count / 2
    return max(
      nodes[node].all,
      maximum(of: range, below: 2 * node, covering: leaves.lowerBound..<middle),
      maximum(of: range, below: 2 * node + 1, covering: middle..<leaves.upperBound))
  }

  private mutating func raise(
    _ range: Range<Int>, to value: Int, below node: Int, covering leaves: Range<Int>
  ) {
    guard range.overlaps(leaves) else { return }
    nodes[node].maximum = max(nodes[node].maximum, value)
    if range.contains(leaves) {
      nodes[node].all = max(nodes[node].all, value)
      return
    }
    let middle = leaves.lowerBound + leaves.count / 2
    raise(range, to: value, below: 2 * node, covering: leaves.lowerBound..<middle)
    raise(range, to: value, below: 2 * node + 1, covering: middle..<leaves.upperBound)
  }
}

/// Numbers, at first all 0, and the largest of them.
struct MaximumTree {
  private var nodes: [Int]
  private let leaves: Int

  /// As many numbers as `count`; with none, what is stored is dropped and the maximum is 0.
  init(count: Int) {
    leaves = count
    nodes = [Int](repeating: 0, count: 2 * max(count, 1))
  }

  /// The largest number.
  var maximum: Int { nodes[1] }

  /// A number; storing one takes O(log n).
  subscript(index: Int) -> Int {
    get { leaves == 0 ? 0 : nodes[leaves + index] }
    set {
      guard leaves > 0 else { return }
      var node = leaves + index
      nodes[node] = newValue
      while node > 1 {
        node /= 2
        nodes[node] = max(nodes[2 * node], nodes[2 * node + 1])
      }
    }
  }
}

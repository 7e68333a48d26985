/// The sets of done steps, between two given ones, after which the fewest bytes are live.
///
/// A set holds all that its steps need. Running a step adds the bytes of its results that live on;
/// a value frees its bytes once all its readers are in the set. To choose the set that adds the
/// least in total is the problem of the closure of largest weight, which a smallest cut in a
/// network solves: source to value (its bytes), value to reader, step to predecessor (both without
/// bound), step to sink (its growth). Source: Picard, "Maximal closure of a graph and applications
/// to combinatorial problems", 1976.
struct LeastCut {
  /// The bytes live after each of the sets.
  let liveBytes: Int
  /// The smallest such set.
  let smallest: StepSet
  /// The largest such set.
  let largest: StepSet

  /// - Complexity: that of one smallest cut with a node for each step between `first` and `last`
  ///   and for each value they free.
  init(_ graph: OrderGraph, from first: StepSet, to last: StepSet) {
    let inside = Array(last.subtracting(first))
    var node = [Int](repeating: -1, count: graph.count)
    for (index, step) in inside.enumerated() { node[step] = index }
    var network = FlowNetwork(nodeCount: inside.count + 2)
    let (source, sink) = (inside.count, inside.count + 1)
    var freed = 0
    for (index, value) in graph.problem.values.enumerated()
    where !value.isKept && graph.readers[index].isSubset(of: last) {
      let readers = graph.problem.readers[index].filter { node[$0] >= 0 }
      guard let reader = readers.first else { continue }
      freed += value.sizeInBytes
      if readers.count == 1 {
        network.connect(source, node[reader], capacity: value.sizeInBytes)
      } else {
        let choice = network.addNode()
        network.connect(source, choice, capacity: value.sizeInBytes)
        for reader in readers { network.connect(choice, node[reader], capacity: .max) }
      }
    }
    for step in inside {
      network.connect(node[step], sink, capacity: graph.growth[step])
      for other in graph.predecessors[step] where node[other] >= 0 {
        network.connect(node[step], node[other], capacity: .max)
      }
    }
    let flow = network.saturate(from: source, to: sink)
    let fromSource = network.reachable(from: source)
    let toSink = network.reaching(sink)
    var (smallest, largest) = (first, first)
    for (index, step) in inside.enumerated() {
      if fromSource[index] { smallest.insert(step) }
      if !toSink[index] { largest.insert(step) }
    }
    self.smallest = smallest
    self.largest = largest
    liveBytes = graph.live(after: first) + flow - freed
  }
}

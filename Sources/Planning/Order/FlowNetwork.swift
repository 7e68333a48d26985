/// A network of capacities, and a largest flow through it.
///
/// Source: Dinic, "Algorithm for solution of a problem of maximum flow in a network with power
/// estimation", 1970.
struct FlowNetwork {
  /// An edge; edge `i ^ 1` is its opposite.
  private struct Edge {
    let to: Int
    var capacity: Int
  }

  private var edges: [Edge] = []
  private var edgesFrom: [[Int]]

  /// A network of nodes below `nodeCount` and no edges.
  init(nodeCount: Int) { edgesFrom = [[Int]](repeating: [], count: nodeCount) }

  /// Adds a node.
  mutating func addNode() -> Int {
    edgesFrom.append([])
    return edgesFrom.count - 1
  }

  /// Adds an edge; a capacity of `Int.max` has no bound.
  mutating func connect(_ from: Int, _ to: Int, capacity: Int) {
    guard capacity > 0 else { return }
    edgesFrom[from].append(edges.count)
    edges.append(Edge(to: to, capacity: capacity))
    edgesFrom[to].append(edges.count)
    edges.append(Edge(to: from, capacity: 0))
  }

  /// Sends as much as possible from `source` to `sink`; some edge of each path has a bound.
  mutating func saturate(from source: Int, to sink: Int) -> Int {
    var flow = 0
    while true {
      let levels = levels(from: source)
      guard levels[sink] >= 0 else { return flow }
      var next = [Int](repeating: 0, count: edgesFrom.count)
      while true {
        let path = augmentingPath(from: source, to: sink, levels, &next)
        guard let amount = path.map({ edges[$0].capacity }).min() else { break }
        for edge in path {
          if edges[edge].capacity != .max { edges[edge].capacity -= amount }
          if edges[edge ^ 1].capacity != .max { edges[edge ^ 1].capacity += amount }
        }
        flow += amount
      }
    }
  }

  /// Which nodes `source` reaches over edges with capacity left.
  func reachable(from source: Int) -> [Bool] { levels(from: source).map { $0 >= 0 } }

  /// Which nodes reach `sink` over edges with capacity left.
  func reaching(_ sink: Int) -> [Bool] {
    var isFound = [Bool](repeating: false, count: edgesFrom.count)
    isFound[sink] = true
    var open = [sink]
    while let node = open.popLast() {
      for edge in edgesFrom[node] where edges[edge ^ 1].capacity > 0 && !isFound[edges[edge].to] {
        isFound[edges[edge].to] = true
        open.append(edges[edge].to)
      }
    }
    return isFound
  }

  /// The number of edges to each node over edges with capacity left; -1 where none lead there.
  private func levels(from source: Int) -> [Int] {
    var levels = [Int](repeating: -1, count: edgesFrom.count)
    levels[source] = 0
    var queue = [source]
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      for edge in edgesFrom[node] where edges[edge].capacity > 0 && levels[edges[edge].to] < 0 {
        levels[edges[edge].to] = levels[node] + 1
        queue.append(edges[edge].to)
      }
    }
    return levels
  }

  /// A path down the levels, as edges; empty where none is left.
  ///
  /// `next` holds, per node, the first edge that is no dead end.
  private func augmentingPath(
    from source: Int, to sink: Int, _ levels: [Int], _ next: inout [Int]
  ) -> [Int] {
    var path: [Int] = []
    var node = source
    while node != sink {
      if next[node] == edgesFrom[node].count {
        guard let last = path.popLast() else { return [] }
        node = edges[last ^ 1].to
        next[node] += 1
        continue
      }
      let edge = edgesFrom[node][next[node]]
      if edges[edge].capacity > 0 && levels[edges[edge].to] == levels[node] + 1 {
        path.append(edge)
        node = edges[edge].to
      } else {
        next[node] += 1
      }
    }
    return path
  }
}

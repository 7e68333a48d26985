import Graph
import Ops
import Tensor

/// Runs pairs of operators with windows fused, a few rows at a time.
///
/// For every tile of the second one's result, the first one makes the rows that the second one reads, into a
/// buffer of just that size; rows that two tiles read (the halo) are made twice.
struct RowTiling {
  /// How many rows of the second result a tile has.
  static let rowsPerTile = 2

  /// An operator, and the only one that reads what it makes.
  private struct Pair {
    let first: Int
    let second: Int
    let window: RowWindow
  }

  let graph: Graph
  /// Plants a mistake: the halo is worked out as if every window were dense, although it is dilated.
  let forgetsDilation: Bool

  /// The plan.
  func plan() throws -> Plan {
    // What a network keeps between runs lies elsewhere; such a network runs whole.
    guard graph.variables.isEmpty else { return .identity(graph, profile: .tflm) }
    let pairs = try pairs()
    let firsts = Set(pairs.map(\.first))
    let pairOf = Dictionary(uniqueKeysWithValues: pairs.map { ($0.second, $0) })
    var draft = PlanDraft(graph)
    for op in graph.nodes.indices where !firsts.contains(op) {
      if let pair = pairOf[op] { add(pair, to: &draft) } else { draft.addWholeStep(op: op) }
    }
    return draft.plan
  }

  private func add(_ pair: Pair, to draft: inout PlanDraft) {
    let (between, result) = (
      graph.nodes[pair.first].outputs[0], graph.nodes[pair.second].outputs[0]
    )
    let target = draft.wholeBuffer(of: result)
    for tile in tiles(of: result) {
      var needed = graph.whole(between)
      needed[1] = pair.window.rows(for: tile)
      let rows = draft.addBuffer(of: between, needed)
      draft.addStep(op: pair.first, reading: nil, to: rows, needed)
      var made = graph.whole(result)
      made[1] = tile
      draft.addStep(op: pair.second, reading: rows, to: target, made)
    }
  }

  /// The rows of each tile of a result, top to bottom.
  private func tiles(of result: Int) -> [Range<Int>] {
    let rowCount = graph.tensors[result].type.shape[1]
    return stride(from: 0, to: rowCount, by: Self.rowsPerTile).map {
      $0..<min($0 + Self.rowsPerTile, rowCount)
    }
  }

  /// The pairs to fuse, in order; no operator is in two of them.
  private func pairs() throws -> [Pair] {
    let (producers, consumers) = (graph.producers, graph.consumers)
    var taken: Set<Int> = []
    var pairs: [Pair] = []
    for (second, node) in graph.nodes.enumerated() {
      guard let window = try window(second), let between = node.inputs.first ?? nil,
        !node.inputs.dropFirst().contains(between), !graph.outputs.contains(between),
        consumers[between] == [second], let first = producers[between], !taken.contains(first),
        try self.window(first) != nil,
        tiles(of: node.outputs[0]).allSatisfy({ !window.rows(for: $0).isEmpty })
      else { continue }
      taken.formUnion([first, second])
      pairs.append(Pair(first: first, second: second, window: window))
    }
    return pairs
  }

  private func window(_ op: Int) throws -> RowWindow? {
    try RowWindow(of: graph.nodes[op], in: graph, forgettingDilation: forgetsDilation)
  }
}

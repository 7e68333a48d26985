internal import Graph

/// What operators cost that run whole.
enum WholeCost {
  /// The cost of one operator, with a result in the place of an operand where `pairs` allow it.
  static func cost(_ op: Int, _ table: SearchTable, pairs: [InPlacePairs.Pair]) -> GroupCost {
    let node = table.graph.nodes[op]
    let read = Set(node.inputs.compactMap { $0 }.filter { table.graph.tensors[$0].constant == nil })
    let together =
      node.outputs.reduce(0) { $0 + table.values[$1].room }
      + read.subtracting(node.outputs).reduce(0) { $0 + table.values[$1].room(readFrom: op) }
    let saved = pairs.map { pair -> Int in
      let (result, operand) = (table.values[pair.result], table.values[pair.operand])
      guard operand.lastReader == op, result.room > 0 else { return 0 }
      let distance = table.room(pair.distance ?? 0)
      return max(0, min(operand.room(readFrom: op), result.room - distance))
    }
    return GroupCost(room: together - (saved.max() ?? 0), macs: table.operators[op].macs)
  }
}

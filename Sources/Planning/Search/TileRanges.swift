internal import Ops

/// Along one axis, what each tile of a group's result needs of every tensor.
struct TileRanges {
  /// By tile and by operator, counted from the first, what is made of its result.
  let made: [[Range<Int>]]
  /// The different numbers of coordinates that tiles have, by operator.
  let shapes: [[Int]]
  /// By tile, which of `shapes` it has.
  let shapeOf: [Int]
  /// By tile and by tensor from outside the group, what is read.
  let read: [[Int: Range<Int>]]
  /// The tensors from outside that are read.
  let outer: [Int]

  /// Follows tiles of the last result of `ops` back along `axis`.
  init(_ table: SearchTable, _ ops: Range<Int>, axis: Int, tiles: [Range<Int>]) {
    made = tiles.map { tile in
      var seeds = [Range<Int>](repeating: 0..<0, count: ops.count)
      seeds[ops.count - 1] = tile
      return table.ranges(ops, axis: axis, for: seeds)
    }
    var (shapes, shapeOf): ([[Int]], [Int]) = ([], [])
    for made in made {
      let shape = made.map(\.count)
      // Neighbours are mostly alike.
      if let known = shapes.lastIndex(of: shape) {
        shapeOf.append(known)
      } else {
        shapeOf.append(shapes.count)
        shapes.append(shape)
      }
    }
    (self.shapes, self.shapeOf) = (shapes, shapeOf)
    read = made.map { made in
      var read: [Int: Range<Int>] = [:]
      for op in ops where !made[op - ops.lowerBound].isEmpty {
        for operand in table.operators[op].reads
        where !ops.contains(table.values[operand.tensor].producer) {
          read[operand.tensor, default: 0..<0].formUnion(
            table.range(of: operand, axis: axis, for: made[op - ops.lowerBound]))
        }
      }
      return read
    }
    outer = Set(ops.flatMap { table.operators[$0].reads.map(\.tensor) })
      .filter { !ops.contains(table.values[$0].producer) }.sorted()
  }

  /// By operator, how many coordinates all tiles together make.
  var totals: [Int] {
    (made.first ?? []).indices.map { op in made.reduce(0) { $0 + $1[op].count } }
  }
}

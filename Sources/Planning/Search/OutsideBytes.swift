/// What a tiled group reads and makes in the arena, tile by tile along one axis.
struct OutsideBytes {
  /// The tensors that are read.
  let tensors: [Int]
  /// By tensor, the last operator of the group that reads it, counted from the first.
  private let lastOps: [Int]
  /// By tensor, the operators of the group that may write in its place.
  private let replacing: [[Int]]
  /// By tensor and tile, the bytes that this tile and later ones read, and what comes after the group.
  private let unread: [[Int]]
  /// By number of tiles made, the bytes of the group's result that are still to be read.
  private let written: [Int]

  /// Follows `tiles`; `onlyParts` leaves out what has no parts along the axis.
  init(
    _ table: SearchTable, _ ops: Range<Int>, _ tiles: TileRanges, axis: Int, onlyParts: Bool = false
  ) {
    let tensors = tiles.outer.filter { !onlyParts || table.values[$0].bandAxis == axis }
    self.tensors = tensors
    lastOps = tensors.map { tensor in
      (ops.last { op in table.operators[op].reads.contains { $0.tensor == tensor } }
        ?? ops.lowerBound)
        - ops.lowerBound
    }
    replacing = tensors.map { tensor in
      ops.filter { op in
        table.operators[op].reads.contains { $0.tensor == tensor && $0.mayBeReplaced }
      }.map { $0 - ops.lowerBound }
    }
    unread = tensors.map { tensor in
      let value = table.values[tensor]
      // Where tiles are no parts of the tensor, each may read all of it.
      let all = value.rows(readFrom: ops.lowerBound)
      var rows = value.rows(readFrom: ops.upperBound)
      let byTile = tiles.read.reversed().map { read in
        rows.formUnion(value.bandAxis == axis ? read[tensor] ?? 0..<0 : all)
        return value.room(rows)
      }
      return byTile.reversed() + [value.room(readFrom: ops.upperBound)]
    }
    let exit = table.operators[ops.upperBound - 1].output.map { table.values[$0] }
      .flatMap { !onlyParts || $0.bandAxis == axis ? $0 : nil }
    written =
      [0]
      + tiles.made.map { made in
        guard let exit else { return 0 }
        let later = exit.rows(readFrom: ops.upperBound)
        let end = exit.bandAxis == axis ? made[ops.count - 1].upperBound : later.upperBound
        return exit.room(later.lowerBound..<max(later.lowerBound, min(end, later.upperBound)))
      }
  }

  /// The bytes while tile `index` is made; `isRead` says of a tensor's last operator whether it is still to run, and
  /// `isMade` whether the tile's result is there.
  func bytes(_ index: Int, isRead: (Int) -> Bool, isMade: Bool) -> Int {
    tensors.indices.reduce(written[isMade ? index + 1 : index]) {
      $0 + unread[$1][isRead(lastOps[$1]) ? index : index + 1]
    }
  }

  /// The bytes while tile `index` is made; `isRead` says by tensor whether it is still to be read.
  func bytes(_ index: Int, isRead: [Bool], isMade: Bool) -> Int {
    tensors.indices.reduce(written[isMade ? index + 1 : index]) {
      $0 + unread[$1][isRead[$1] ? index : index + 1]
    }
  }

  /// The most bytes of one tensor that die when operator `op` has read tile `index`, and that its result may take.
  func replaced(_ index: Int, by op: Int) -> Int {
    tensors.indices.reduce(0) {
      replacing[$1].contains(op) ? max($0, unread[$1][index] - unread[$1][index + 1]) : $0
    }
  }
}

internal import Ops

/// What groups of spatial tiles cost that are computed from scratch, one after another.
struct TiledCost {
  let table: SearchTable
  let ops: Range<Int>
  private let exit: SearchTable.Value
  /// By operator, the last one in the group that reads its result.
  private let lastReaders: [Int]
  /// By operator, those whose results are read by it last and may be replaced by its own.
  private let replaceable: [[Int]]
  /// By operator, the bytes of one pixel of its result.
  private let pixelSizes: [Int]

  /// Prepares a group; `nil` where more leaves it than the last result.
  init?(_ table: SearchTable, _ ops: Range<Int>) {
    let values = table.values
    guard let last = table.operators[ops.upperBound - 1].output else { return nil }
    var lastReaders = [Int](repeating: 0, count: ops.count)
    for op in ops {
      guard let output = table.operators[op].output, !table.operators[op].isRecurrent,
        op == ops.upperBound - 1 || values[output].lastReader < ops.upperBound
      else { return nil }
      lastReaders[op - ops.lowerBound] = max(values[output].lastReader, op) - ops.lowerBound
    }
    self.table = table
    self.ops = ops
    self.lastReaders = lastReaders
    exit = values[last]
    replaceable = ops.map { op in
      table.operators[op].reads.filter {
        $0.mayBeReplaced && ops.contains(values[$0.tensor].producer)
          && values[$0.tensor].lastReader == op
      }.map { values[$0.tensor].producer - ops.lowerBound }
    }
    pixelSizes = ops.map { op in
      table.operators[op].output.map {
        values[$0].elements(besides: 1, 2) * values[$0].elementSize
      } ?? 0
    }
  }

  /// The extent of the result along an axis, if it can be cut there; 1 if not.
  func extent(_ axis: Int) -> Int {
    exit.extents.count == 4 && table.operators[ops.upperBound - 1].axes.contains(axis)
      ? exit.extents[axis] : 1
  }

  /// The cost of tiles by rows and columns.
  func cost(_ rows: TileRanges, _ columns: TileRanges) -> GroupCost {
    let inside = rows.shapes.map { row in
      columns.shapes.map { held(row, $0) }.reduce([Int](repeating: 0, count: ops.count)) {
        zip($0, $1).map(max)
      }
    }
    var room = 0
    for (row, shape) in rows.shapeOf.enumerated() {
      // Columns are tiles of one row of tiles: what that reads is read when its last column is made.
      let isOneTile = columns.made.count == 1
      for op in 0..<ops.count {
        let outside = outside(row, rows) { last in !isOneTile || op <= last }
        room = max(
          room, inside[shape][op] + outside + written(row, rows, isMade: op == ops.count - 1))
      }
    }
    return GroupCost(room: room, macs: macs(rows.totals, columns.totals))
  }

  /// The cost of tiles along one axis with a ring along the other.
  func cost(_ tiles: TileRanges, axis: Int, _ schedule: RowSchedule) -> GroupCost {
    let held = tiles.shapes.map { HeldBytes(schedule, across: axis, widths: $0).byEvent }
    let firstMade = schedule.events.firstIndex { $0.op == ops.count - 1 } ?? 0
    let lastRead = schedule.readings.compactMap { $0.last?.event }.max() ?? -1
    // Columns die, and are there, only with the whole rows that they are part of.
    let rows = axis == 1 ? tiles : nil
    let phases = [
      (events: 0..<firstMade, isRead: true, isMade: false),
      (events: firstMade..<max(firstMade, lastRead + 1), isRead: true, isMade: true),
      (events: max(firstMade, lastRead + 1)..<schedule.events.count, isRead: false, isMade: true),
    ]
    var room = 0
    for (events, isRead, isMade) in phases where !events.isEmpty {
      let inside = held.map { $0[events].max() ?? 0 }
      for (index, shape) in tiles.shapeOf.enumerated() {
        room = max(
          room,
          inside[shape] + outside(index, rows, of: tiles) { _ in isRead }
            + written(index, rows, isMade: isMade))
      }
    }
    let across = (0..<ops.count).map { schedule.limits[$0].count }
    return axis == 1
      ? GroupCost(room: room, macs: macs(tiles.totals, across))
      : GroupCost(room: room, macs: macs(across, tiles.totals))
  }

  /// By step of a tile, the bytes that it holds inside.
  private func held(_ rows: [Int], _ columns: [Int]) -> [Int] {
    var changes = [Int](repeating: 0, count: ops.count + 1)
    let sizes = (0..<ops.count - 1).map { op in
      table.room(rows[op] * columns[op] * pixelSizes[op])
    }
    for (op, size) in sizes.enumerated() {
      changes[op] += size
      changes[lastReaders[op] + 1] -= size
    }
    var live = 0
    return (0..<ops.count).map { op in
      live += changes[op]
      let replaced =
        op < sizes.count ? replaceable[op].reduce(0) { max($0, min(sizes[$1], sizes[op])) } : 0
      return live - replaced
    }
  }

  /// Bytes of what the group reads while tile `index` of `tiles` along the height is made, or of other tiles if
  /// `tiles` is `nil`; `isRead` says whether the tile still reads what its operator, counted from the first, reads
  /// last.
  private func outside(
    _ index: Int, _ tiles: TileRanges?, of all: TileRanges, isRead: (Int) -> Bool
  ) -> Int {
    all.outer.reduce(0) { sum, tensor in
      let value = table.values[tensor]
      guard let tiles, value.bandAxis == 1, value.lastReader < ops.upperBound, value.room > 0
      else { return sum + value.keptRoom }
      let next = isRead(value.lastReader - ops.lowerBound) ? index : index + 1
      let unread = tiles.unread[tensor] ?? []
      guard next < unread.count, unread[next] < value.keptRows.upperBound else { return sum }
      let rowSize = value.extents.dropFirst(2).reduce(value.elementSize, *)
      return sum + table.room(value.keptRows.upperBound * rowSize)
        - table.room(unread[next] * rowSize)
    }
  }

  private func outside(_ index: Int, _ tiles: TileRanges, isRead: (Int) -> Bool) -> Int {
    outside(index, tiles, of: tiles, isRead: isRead)
  }

  /// Bytes of the group's result while tile `index` of `tiles` along the height is made, or of other tiles.
  private func written(_ index: Int, _ tiles: TileRanges?, isMade: Bool) -> Int {
    guard let tiles, exit.bandAxis == 1, exit.room > 0 else {
      return index == 0 && !isMade ? 0 : exit.room
    }
    guard isMade || index > 0 else { return 0 }
    let grown = tiles.made[isMade ? index : index - 1][ops.count - 1].upperBound
    return table.room(grown * exit.extents.dropFirst(2).reduce(exit.elementSize, *))
  }

  private func value(_ op: Int) -> SearchTable.Value? {
    table.operators[ops.lowerBound + op].output.map { table.values[$0] }
  }

  private func macs(_ rows: [Int], _ columns: [Int]) -> Int {
    (0..<ops.count).reduce(0) { sum, op in
      guard let value = value(op) else { return sum }
      return sum + table.operators[ops.lowerBound + op].macs / (value.extent(1) * value.extent(2))
        * rows[op] * columns[op]
    }
  }
}

internal import Ops

/// What groups of spatial tiles cost that are computed from scratch, one after another.
struct TiledCost {
  let table: SearchTable
  let ops: Range<Int>
  private let exit: SearchTable.Value
  /// By operator, the last one in the group that reads its result.
  private let lastReaders: [Int]
  /// By operator, those of the group whose results are read by it last and may be replaced by its own.
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
    // The parts of a tensor of one row are its columns.
    let isOneRow = exit.bandAxis == 2 && rows.made.count == 1
    let (tiles, inner) = isOneRow ? (columns, rows) : (rows, columns)
    let outside = OutsideBytes(table, ops, tiles, axis: isOneRow ? 2 : 1)
    let places = TilePlace.places(of: inner)
    let steps = tiles.shapes.map { tile in places.map { held(tile, inner.shapes[$0.shape]) } }
    var room = 0
    for (index, shape) in tiles.shapeOf.enumerated() {
      for (place, steps) in zip(places, steps[shape]) {
        for op in 0..<ops.count {
          let around = outside.bytes(
            index, isRead: { !place.isLast || op <= $0 },
            isMade: !place.isFirst || op == ops.count - 1)
          let replaced =
            place.isLast && op == ops.count - 1
            ? min(steps[op].own, outside.replaced(index, by: op)) : 0
          room = max(room, steps[op].live + around - replaced)
        }
      }
    }
    return GroupCost(room: room, macs: macs(rows.totals, columns.totals))
  }

  /// The cost of tiles along one axis with a ring along the other.
  func cost(_ tiles: TileRanges, axis: Int, _ schedule: RowSchedule) -> GroupCost {
    let outside = OutsideBytes(table, ops, tiles, axis: axis, onlyParts: true)
    let whole = tiles.made[0].indices.map { op in
      tiles.made.reduce(into: 0..<0) { $0.formUnion($1[op]) }
    }
    let rows = OuterBytes(schedule, across: axis, whole: whole, ColumnOrder(schedule))
    let firstMade = schedule.events.firstIndex { $0.op == ops.count - 1 } ?? 0
    let lastRead = outside.tensors.map { tensor in
      schedule.outer.firstIndex(of: tensor).flatMap { schedule.readings[$0].last?.event } ?? -1
    }
    // Between these events nothing changes of what is cut along the axis.
    let ends = Set(lastRead.flatMap { [$0, $0 + 1] } + [firstMade, schedule.events.count])
      .filter { $0 > 0 }.sorted()
    let phases = zip([0] + ends, ends).map { $0..<$1 }
    var room = 0
    for place in TilePlace.places(of: tiles) {
      let held = HeldBytes(schedule, across: axis, widths: tiles.shapes[place.shape])
      var byEvent = zip(held.byEvent, rows.replaced(held.writtenAtOnce)).map {
        $0 - (place.isLast ? $1 : 0)
      }
      for (tensor, unread) in zip(schedule.outer, rows.unread)
      where table.values[tensor].bandAxis != axis {
        for event in byEvent.indices { byEvent[event] += unread[place.isLast ? event : 0].now }
      }
      if exit.bandAxis != axis {
        let written = rows.written(ops.count - 1)
        for event in byEvent.indices {
          byEvent[event] += written[place.isFirst ? event : written.count - 1]
        }
      }
      let inside = phases.map { byEvent[$0].max() ?? 0 }
      for index in place.tiles {
        for (phase, inside) in zip(phases, inside) {
          let event = phase.lowerBound
          let op = schedule.events[event].op
          let around = outside.bytes(
            index, isRead: lastRead.map { event <= $0 }, isMade: event >= firstMade)
          let replaced =
            lastRead.contains(event) && op == ops.count - 1
            ? min(held.writtenAtOnce[op], outside.replaced(index, by: op)) : 0
          room = max(room, inside + around - replaced)
        }
      }
    }
    return axis == 1
      ? GroupCost(room: room, macs: macs(tiles.totals, schedule.rowsMade))
      : GroupCost(room: room, macs: macs(schedule.rowsMade, tiles.totals))
  }

  /// By step of a tile, the bytes that it holds inside, and those of them that it writes outside or inside.
  private func held(_ rows: [Int], _ columns: [Int]) -> [(live: Int, own: Int)] {
    var changes = [Int](repeating: 0, count: ops.count + 1)
    let sizes = (0..<ops.count).map { op in
      table.room(rows[op] * columns[op] * pixelSizes[op])
    }
    for (op, size) in sizes.dropLast().enumerated() {
      changes[op] += size
      changes[lastReaders[op] + 1] -= size
    }
    var live = 0
    return (0..<ops.count).map { op in
      live += changes[op]
      let replaced =
        op == ops.count - 1
        ? 0 : replaceable[op].reduce(0) { max($0, min(sizes[$1], sizes[op])) }
      return (live - replaced, sizes[op])
    }
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

internal import Ops

/// What the tensors inside a line-buffered group take at each event of its schedule.
struct HeldBytes {
  /// By event, the bytes of rings and tiles, at the least: a result takes the place of an operand where it may.
  let byEvent: [Int]
  /// By operator, the bytes that one of its events writes, at most.
  let writtenAtOnce: [Int]

  /// Adds up what `schedule` holds; `widths` are the coordinates that each operator's result has across the ring.
  init(
    _ schedule: RowSchedule, across: Int, widths: [Int], _ order: ColumnOrder? = nil
  ) {
    let table = schedule.table
    let order = order ?? ColumnOrder(schedule)
    var changes = [Int](repeating: 0, count: schedule.events.count + 1)
    var growing = [Int](repeating: 0, count: schedule.events.count)
    var writtenAtOnce = [Int](repeating: 0, count: schedule.ops.count)
    for op in 0..<schedule.ops.count {
      guard let tensor = table.operators[schedule.ops.lowerBound + op].output else { continue }
      let value = table.values[tensor]
      let rowSize = widths[op] * value.elements(besides: schedule.ring, across) * value.elementSize
      let rows = min(schedule.capacities[op], schedule.limits[op].count)
      writtenAtOnce[op] = table.room((schedule.isTile[op] ? rows : schedule.step) * rowSize)
      if schedule.leaves[op] { continue }
      if !schedule.isTile[op] && rows == schedule.limits[op].count {
        // A ring that never wraps is no ring: it takes what has been made and is still to be read.
        let made = schedule.rowsMade(of: op, order)
        let toRead = schedule.rowsToRead(schedule.innerReadings[op], later: 0..<0, order)
        for event in growing.indices {
          growing[event] +=
            max(0, min(made[event], toRead[event].upperBound) - toRead[event].lowerBound) * rowSize
        }
        continue
      }
      let size = table.room(rows * rowSize)
      let lives = schedule.lives[op].map { life in
        schedule.isTile[op]
          ? life.lowerBound..<life.upperBound + 1
          : order.starts[life.lowerBound]..<order.ends[life.upperBound] + 1
      }
      for life in Liveness.merge(lives) {
        changes[life.lowerBound] += size
        changes[life.upperBound] -= size
      }
    }
    // A tile may take the place of one that it is made from.
    let replaced = schedule.ops.enumerated().map { index, op in
      table.operators[op].reads.filter(\.mayBeReplaced)
        .compactMap { schedule.producer(of: $0.tensor) }
        .filter { schedule.isTile[index] && schedule.isTile[$0] }
        .reduce(0) { max($0, min(writtenAtOnce[$1], writtenAtOnce[index])) }
    }
    var live = 0
    byEvent = growing.indices.map { event in
      live += changes[event]
      return live + growing[event] - replaced[schedule.events[event].op]
    }
    self.writtenAtOnce = writtenAtOnce
  }
}

internal import Ops

/// What lies outside a line-buffered group in the arena, at each event of its schedule.
struct OuterBytes {
  let schedule: RowSchedule
  let order: ColumnOrder
  /// By tensor from outside and event, the bytes that it or a later one reads, and those that later ones read.
  private(set) var unread: [[(now: Int, later: Int)]] = []
  private let across: Int
  private var table: SearchTable { schedule.table }

  /// Follows `schedule`, where each operator makes the coordinates `whole` across the ring.
  init(_ schedule: RowSchedule, across: Int, whole: [Range<Int>], _ order: ColumnOrder) {
    self.schedule = schedule
    self.order = order
    self.across = across
    unread = zip(schedule.outer, schedule.readings).map { tensor, readings in
      let value = schedule.table.values[tensor]
      let later = value.rows(readFrom: schedule.ops.upperBound)
      var readings = readings
      if value.bandAxis != schedule.ring {
        let rows = Self.rowsRead(of: tensor, schedule, across, whole)
        readings = readings.map { RowSchedule.Reading(event: $0.event, rows: rows) }
        if value.bandAxis == across, let last = readings.last {
          // Its rows die one after another while the last chain runs.
          let chain = schedule.events[last.event].chain
          readings.removeAll { order.hasColumns && chain.contains($0.event) }
        }
      }
      let toRead = schedule.rowsToRead(readings, later: later, order)
      let bytes = toRead.map(value.room) + [value.room(later)]
      return zip(bytes, bytes.dropFirst()).map { ($0, $1) }
    }
  }

  /// By event, the bytes of a result that have been written and are still to be read.
  func written(_ op: Int) -> [Int] {
    guard let tensor = table.operators[schedule.ops.lowerBound + op].output else { return [] }
    let value = table.values[tensor]
    let later = value.rows(readFrom: schedule.ops.upperBound)
    let made = schedule.rowsMade(of: op, order)
    if value.bandAxis != schedule.ring {
      // Its rows are made one after another by the first chain.
      let isGrowing = value.bandAxis == across && order.hasColumns
      let first = schedule.events.first { $0.op == op }
      let end = isGrowing ? first?.rows.upperBound ?? 0 : schedule.limits[op].lowerBound
      return made.map { $0 > end ? value.room(later) : 0 }
    }
    let toRead = schedule.rowsToRead(schedule.innerReadings[op], later: later, order)
    return zip(made, toRead).map { made, toRead in
      value.room(toRead.lowerBound..<max(toRead.lowerBound, min(made, toRead.upperBound)))
    }
  }

  /// By event, the bytes of an operand from outside that dies as it is read and that the result may take, of which
  /// each operator writes `writtenAtOnce`: what leaves the group can follow the operand row by row.
  func replaced(_ writtenAtOnce: [Int]) -> [Int] {
    schedule.events.enumerated().map { event, made in
      guard schedule.leaves[made.op] else { return 0 }
      let reads = table.operators[schedule.ops.lowerBound + made.op].reads
      let dying = zip(schedule.outer, unread).reduce(0) { most, outer in
        let (now, later) = outer.1[event]
        return now > later && reads.contains { $0.tensor == outer.0 && $0.mayBeReplaced }
          ? max(most, now - later) : most
      }
      return min(dying, writtenAtOnce[made.op])
    }
  }

  /// The rows along its first axis of several coordinates that the group reads of a tensor.
  private static func rowsRead(
    of tensor: Int, _ schedule: RowSchedule, _ across: Int, _ whole: [Range<Int>]
  ) -> Range<Int> {
    let (table, value) = (schedule.table, schedule.table.values[tensor])
    guard value.bandAxis == across else { return value.rows(readFrom: schedule.ops.lowerBound) }
    var rows = 0..<0
    for (index, op) in schedule.ops.enumerated() where !whole[index].isEmpty {
      for read in table.operators[op].reads where read.tensor == tensor {
        rows.formUnion(table.range(of: read, axis: across, for: whole[index]))
      }
    }
    return rows
  }
}

internal import Graph
internal import Ops
internal import Tensor

/// What line-buffered groups cost.
struct LineCost {
  let schedule: RowSchedule
  private let across: Int
  private var table: SearchTable { schedule.table }

  init(_ schedule: RowSchedule) {
    self.schedule = schedule
    across = 3 - schedule.ring
  }

  /// The operator whose rows set the group's pace, and by whose columns it is cut across.
  private var pace: Int { schedule.streamed ?? schedule.ops.count - 1 }

  /// The columns that the pacing tensor has.
  var columns: Int { value(pace).extent(across) }

  /// Whether rows can be cut into columns.
  var hasColumns: Bool { value(pace).extents.count == 4 && columns > 1 }

  /// The cost of the group with rows cut into columns at the boundaries `cuts` of the pacing tensor, or whole.
  func cost(cuts: [Int]?) -> GroupCost {
    let seeds = (0..<schedule.ops.count).map { op in
      schedule.leaves[op] ? 0..<value(op).extent(across) : 0..<0
    }
    let whole = table.ranges(schedule.ops, axis: across, for: seeds)
    guard let cuts else {
      return GroupCost(
        room: room(
          widths: whole.map(\.count),
          OuterBytes(schedule, across: across, whole: whole, ColumnOrder(schedule))),
        macs: macs(columns: whole.map(\.count)))
    }
    let cut = tiles(whole, cuts)
    let widths = whole.indices.map { op in
      schedule.isTile[op] ? cut[op].map(\.count).max() ?? 0 : whole[op].count
    }
    let counts = cut.map { $0.count { !$0.isEmpty } }
    return GroupCost(
      room: [true, false].map {
        room(
          widths: widths,
          OuterBytes(
            schedule, across: across, whole: whole,
            ColumnOrder(schedule, columnCounts: counts, isFirst: $0)))
      }.max() ?? 0,
      macs: macs(
        columns: whole.indices.map { op in
          schedule.isTile[op] ? cut[op].reduce(0) { $0 + $1.count } : whole[op].count
        }))
  }

  /// The most bytes of all that lies in the arena during an event.
  private func room(widths: [Int], _ outside: OuterBytes) -> Int {
    let held = HeldBytes(schedule, across: across, widths: widths, outside.order)
    var room = zip(held.byEvent, outside.replaced(held.writtenAtOnce)).map { $0 - $1 }
    for bytes in outside.unread {
      for event in room.indices { room[event] += bytes[event].now }
    }
    for op in schedule.leaves.indices where schedule.leaves[op] && op != streamingOp {
      for (event, bytes) in outside.written(op).enumerated() { room[event] += bytes }
    }
    if let first = schedule.events.firstIndex(where: { $0.op == streamingOp }) {
      for event in first..<room.count { room[event] += sumRoom }
    }
    return room.max() ?? 0
  }

  private func value(_ op: Int) -> SearchTable.Value {
    table.values[table.operators[schedule.ops.lowerBound + op].output ?? 0]
  }

  /// The operator that sums rows as they are made, if the last one does.
  private var streamingOp: Int? { schedule.streamed == nil ? nil : schedule.ops.count - 1 }

  /// The bytes of the sums that rows are added to; the result takes their place.
  private var sumRoom: Int {
    guard let op = streamingOp,
      let element = table.graph.nodes[schedule.ops.lowerBound + op].sumElement
    else { return 0 }
    return table.room(value(op).extents.reduce(element.sizeInBytes, *))
  }

  /// The columns of each operator's tiles.
  private func tiles(_ whole: [Range<Int>], _ cuts: [Int]) -> [[Range<Int>]] {
    var tiles = whole.map { $0.split(at: cuts) }
    for op in whole.indices.reversed() {
      for read in table.operators[schedule.ops.lowerBound + op].reads {
        guard let producer = schedule.producer(of: read.tensor), schedule.isTile[producer],
          producer != schedule.streamed
        else { continue }
        tiles[producer] = tiles[op].map { table.range(of: read, axis: across, for: $0) }
      }
    }
    return tiles
  }

  /// Multiply-accumulates of the rows that are made, of `columns` columns by operator.
  private func macs(columns: [Int]) -> Int {
    (0..<schedule.ops.count).reduce(0) { sum, op in
      let value = value(op)
      let macs = table.operators[schedule.ops.lowerBound + op].macs
      // The last operator of a stream is made whole.
      if op == streamingOp { return sum + macs }
      return sum + macs / (value.extent(schedule.ring) * value.extent(across))
        * schedule.rowsMade[op] * columns[op]
    }
  }
}

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
      schedule.leaves[op] || op == schedule.streamed ? 0..<value(op).extent(across) : 0..<0
    }
    let whole = table.ranges(schedule.ops, axis: across, for: seeds)
    var widths = whole.map(\.count)
    if let cuts {
      let cut = tiles(whole, cuts)
      for op in widths.indices where schedule.isTile[op] {
        widths[op] = cut[op].map(\.count).max() ?? widths[op]
      }
    }
    let held = HeldBytes(schedule, across: across, widths: widths).byEvent
    var room = held
    for (tensor, readings) in zip(schedule.outer, schedule.readings) {
      for (event, bytes) in unread(tensor, readings).enumerated() { room[event] += bytes }
    }
    for op in schedule.leaves.indices where schedule.leaves[op] && op != streamingOp {
      for (event, bytes) in written(op).enumerated() { room[event] += bytes }
    }
    return GroupCost(room: (room.max() ?? 0) + sumRoom, macs: macs(whole))
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

  /// By event, the bytes of a tensor from outside that are still to be read, or all if it is read later.
  private func unread(_ tensor: Int, _ readings: [RowSchedule.Reading]) -> [Int] {
    let value = table.values[tensor]
    let count = schedule.events.count
    guard value.lastReader < schedule.ops.upperBound, value.room > 0 else {
      return [Int](repeating: value.keptRoom, count: count)
    }
    let shrinks = value.bandAxis == schedule.ring
    let rowSize = value.elements(besides: schedule.ring, schedule.ring) * value.elementSize
    var unread = [Int](repeating: 0, count: count)
    var (rows, next) = (0..<0, count - 1)
    func room() -> Int {
      if rows.isEmpty { return 0 }
      return shrinks
        ? table.room(rows.upperBound * rowSize) - table.room(rows.lowerBound * rowSize)
        : value.keptRoom
    }
    for reading in readings.reversed() {
      // Between this reading and the next one, `rows` are still to be read.
      while next > reading.event {
        unread[next] = room()
        next -= 1
      }
      rows.formUnion(reading.rows)
    }
    while next >= 0 {
      unread[next] = room()
      next -= 1
    }
    return unread
  }

  /// By event, the bytes of a result that have been written.
  private func written(_ op: Int) -> [Int] {
    let value = value(op)
    let grows = value.bandAxis == schedule.ring
    let rowSize = value.elements(besides: schedule.ring, schedule.ring) * value.elementSize
    var written = 0
    return schedule.events.map { event in
      if event.op == op && value.room > 0 {
        written = grows ? table.room(event.end * rowSize) : value.room
      }
      return written
    }
  }

  private func macs(_ whole: [Range<Int>]) -> Int {
    (0..<schedule.ops.count).reduce(0) { sum, op in
      let value = value(op)
      let share = (value.extent(schedule.ring), value.extent(across))
      let macs = table.operators[schedule.ops.lowerBound + op].macs
      // The last operator of a stream is made whole.
      if op == streamingOp { return sum + macs }
      return sum + macs / (share.0 * share.1) * schedule.limits[op].count * whole[op].count
    }
  }
}

internal import Ops

/// What the tensors inside a line-buffered group take at each event of its schedule.
struct HeldBytes {
  /// By event, the bytes of rings and tiles, each rounded up to the alignment.
  private(set) var byEvent: [Int]

  /// Adds up what `schedule` holds; `widths` are the coordinates that each operator's result has across the ring.
  init(_ schedule: RowSchedule, across: Int, widths: [Int]) {
    let table = schedule.table
    let sizes = (0..<schedule.ops.count).map { op -> Int in
      guard let tensor = table.operators[schedule.ops.lowerBound + op].output else { return 0 }
      let value = table.values[tensor]
      let rows = min(schedule.capacities[op], schedule.limits[op].count)
      return table.room(
        rows * widths[op] * value.elements(besides: schedule.ring, across) * value.elementSize)
    }
    var changes = [Int](repeating: 0, count: schedule.events.count + 1)
    for (op, lives) in schedule.lives.enumerated()
    where !schedule.leaves[op] && !schedule.isTile[op] {
      for life in Liveness.merge(lives.map { $0.lowerBound..<$0.upperBound + 1 }) {
        changes[life.lowerBound] += sizes[op]
        changes[life.upperBound] -= sizes[op]
      }
    }
    let tiles = (0..<schedule.ops.count).map { Self.tileBytes(of: $0, schedule, sizes) }
    var live = 0
    byEvent = schedule.events.indices.map { event in
      live += changes[event]
      return live + tiles[schedule.events[event].op]
    }
  }

  /// The most bytes of tiles that are held while a tile of an operator's result is made.
  private static func tileBytes(of op: Int, _ schedule: RowSchedule, _ sizes: [Int]) -> Int {
    var (held, most, replaced) = (0, 0, 0)
    var seen: [Int] = []
    let own = schedule.isTile[op] ? sizes[op] : 0
    for read in schedule.table.operators[schedule.ops.lowerBound + op].reads {
      guard let producer = schedule.producer(of: read.tensor), schedule.isTile[producer],
        !seen.contains(producer)
      else { continue }
      seen.append(producer)
      most = max(most, held + tileBytes(of: producer, schedule, sizes))
      held += sizes[producer]
      if read.mayBeReplaced { replaced = max(replaced, min(own, sizes[producer])) }
    }
    return max(most, held + own - replaced)
  }
}

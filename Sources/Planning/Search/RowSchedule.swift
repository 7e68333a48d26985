internal import Ops

/// In which order a line-buffered group of consecutive operators makes its rows, and what it keeps of them.
///
/// This is ``LineLowering`` with rows alone, one axis and no tiles across: enough to know what every tensor holds
/// when, at the cost of a few additions per row. Operators are numbered from the first of the group on.
struct RowSchedule {
  /// Rows of one tensor that are made, or added to the sums of the last operator.
  struct Event {
    /// The operator that makes the rows, or that adds the rows of the streamed operand.
    let op: Int
    /// The rows, or those that are added.
    let rows: Range<Int>
    /// The tiles that are made for rows, and after them the rows: all is done anew for every tile across.
    var chain: Range<Int>
  }

  /// What is read of a tensor that is not kept tile by tile.
  struct Reading {
    let event: Int
    let rows: Range<Int>
  }

  /// An operand of one of the operators.
  private struct Read {
    /// The operator that makes it, or -1 for what comes from outside.
    let producer: Int
    /// Among the tensors from outside, its place.
    let outer: Int
    let access: AxisAccess
    let extent: Int
  }

  let table: SearchTable
  let ops: Range<Int>
  let ring: Int
  /// By operator, whether its result is kept tile by tile.
  let isTile: [Bool]
  /// By operator, whether its result leaves the group.
  let leaves: [Bool]
  /// The operator whose rows the last one sums up, if it does.
  let streamed: Int?
  /// Rows of the streamed operand, or of the last result, made at a time.
  let step: Int
  /// By operator, the rows of its result that are made.
  let limits: [Range<Int>]
  /// The operators that run as soon as the rows they read are there.
  let early: [Int]
  /// The tensors that come from outside the group.
  let outer: [Int]
  private(set) var events: [Event] = []
  /// By operator, the most rows of its result that are held at one time.
  private(set) var capacities: [Int]
  /// By operator, the events during which rows of its result are held; some overlap.
  private(set) var lives: [[ClosedRange<Int>]]
  /// By operator, how many rows of its result are made, all in all.
  private(set) var rowsMade: [Int]
  /// By tensor from outside, what is read when.
  private(set) var readings: [[Reading]]
  /// By operator, what is read of rows inside when.
  private(set) var innerReadings: [[Reading]]
  /// The operands of operator 0, then those of operator 1, and so on.
  private let reads: [Read]
  private let starts: [Int]
  private var made: [Int]
  /// By operator and row, from the first that is made on, the event that makes it.
  private var madeAt: [[Int]]

  /// Schedules operators `ops`, which are `shape` along `ring`, results of `early` as soon as can be.
  init(
    _ table: SearchTable, _ ops: Range<Int>, ring: Int, _ shape: RowShape, early: [Int] = []
  ) {
    let shape = shape.with(early: early)
    self.table = table
    self.ops = ops
    self.ring = ring
    self.early = early
    (isTile, leaves, streamed, step) = (shape.isTile, shape.leaves, shape.streamed, shape.step)
    limits = shape.limits
    func isEarly(_ read: SearchTable.Read) -> Bool {
      early.contains(table.values[read.tensor].producer - ops.lowerBound)
    }
    var (outer, reads, starts): ([Int], [Read], [Int]) = ([], [], [0])
    for op in ops {
      let inOrder = table.operators[op].reads
      for read in inOrder.filter(isEarly) + inOrder.filter({ !isEarly($0) }) {
        let producer = table.values[read.tensor].producer
        let isInside = ops.contains(producer)
        if !isInside && !outer.contains(read.tensor) { outer.append(read.tensor) }
        // What follows another axis of the result is read whole by each of its rows.
        let follows = read.axes.count > ring ? read.axes[ring].outputAxis ?? ring : -1
        let hasAxis = read.axes.count > ring
        reads.append(
          Read(
            producer: isInside ? producer - ops.lowerBound : -1,
            outer: isInside ? 0 : outer.firstIndex(of: read.tensor) ?? 0,
            access: follows == ring ? read.axes[ring] : .whole,
            extent: hasAxis ? table.values[read.tensor].extents[ring] : 1))
      }
      starts.append(reads.count)
    }
    (self.outer, self.reads, self.starts) = (outer, reads, starts)
    made = limits.map(\.lowerBound)
    capacities = [Int](repeating: 0, count: ops.count)
    lives = [[ClosedRange<Int>]](repeating: [], count: ops.count)
    madeAt = [[Int]](repeating: [], count: ops.count)
    rowsMade = [Int](repeating: 0, count: ops.count)
    readings = [[Reading]](repeating: [], count: outer.count)
    innerReadings = [[Reading]](repeating: [], count: ops.count)
    run()
  }

  private mutating func run() {
    let pace = streamed ?? ops.count - 1
    let paced = limits[pace]
    let others = (0..<ops.count).filter { leaves[$0] && $0 != pace && $0 != ops.count - 1 }
    for start in stride(from: paced.lowerBound, to: paced.upperBound, by: step) {
      let rows = start..<min(start + step, paced.upperBound)
      if streamed == nil { make(rows, of: pace) } else { stream(rows, of: pace) }
      for other in others {
        let all = limits[other]
        let share = (all.count * (rows.upperBound - paced.lowerBound) - 1) / paced.count
        makeRows(upTo: all.lowerBound + share + 1, of: other)
      }
    }
  }

  private mutating func makeRows(upTo end: Int, of op: Int) {
    while made[op] < end { make(made[op]..<made[op] + 1, of: op) }
  }

  private mutating func make(_ rows: Range<Int>, of op: Int) {
    prepare(rows, of: op)
    let start = events.count
    makeTiles(for: rows, of: op)
    lives[op].append(events.count...events.count)
    for _ in rows { madeAt[op].append(events.count) }
    made[op] = rows.upperBound
    append(op, rows)
    endChain(start)
  }

  private mutating func stream(_ rows: Range<Int>, of op: Int) {
    if isTile[op] { prepare(rows, of: op) } else { makeRows(upTo: rows.upperBound, of: op) }
    let start = events.count
    read(rows, of: op)
    events.append(Event(op: ops.count - 1, rows: rows, chain: 0..<0))
    endChain(start)
  }

  private mutating func append(_ op: Int, _ rows: Range<Int>) {
    rowsMade[op] += rows.count
    events.append(Event(op: op, rows: rows, chain: 0..<0))
  }

  private mutating func endChain(_ start: Int) {
    for event in start..<events.count { events[event].chain = start..<events.count }
  }

  private mutating func prepare(_ rows: Range<Int>, of op: Int) {
    for index in starts[op]..<starts[op + 1] where reads[index].producer >= 0 {
      let read = reads[index]
      let need = read.access.bounds(for: rows, extent: read.extent)
      if need.isEmpty { continue }
      if isTile[read.producer] {
        prepare(need, of: read.producer)
      } else {
        makeRows(upTo: need.upperBound, of: read.producer)
      }
    }
  }

  /// Makes the tiles that rows of a result are made from; the next event is that these rows are made.
  private mutating func makeTiles(for rows: Range<Int>, of op: Int) {
    // What is read by the event itself is read when all of its tiles are there.
    for isTile in [true, false] {
      for index in starts[op]..<starts[op + 1] {
        let read = reads[index]
        let need = read.access.bounds(for: rows, extent: read.extent)
        if need.isEmpty || (read.producer >= 0 && self.isTile[read.producer]) != isTile { continue }
        if read.producer >= 0 {
          self.read(need, of: read.producer)
        } else {
          readings[read.outer].append(Reading(event: events.count, rows: need))
        }
      }
    }
    for index in starts[op]..<starts[op + 1] where reads[index].producer >= 0 {
      let producer = reads[index].producer
      guard isTile[producer], let last = lives[producer].last else { continue }
      lives[producer][lives[producer].count - 1] = last.lowerBound...events.count
    }
  }

  /// Takes note that the next event reads `rows` of a result inside, which are made first if they are a tile.
  private mutating func read(_ rows: Range<Int>, of op: Int) {
    if isTile[op] {
      makeTiles(for: rows, of: op)
      lives[op].append(events.count...events.count + 1)
      append(op, rows)
      capacities[op] = max(capacities[op], rows.count)
    } else {
      innerReadings[op].append(Reading(event: events.count, rows: rows))
      capacities[op] = max(capacities[op], made[op] - rows.lowerBound)
      extendLife(of: op, from: rows.lowerBound, to: events.count)
    }
  }

  /// Takes note that rows of a result, from the oldest one `row` on, are held up to an event.
  private mutating func extendLife(of op: Int, from row: Int, to event: Int) {
    let start = madeAt[op][row - limits[op].lowerBound]
    guard start <= event else { return }
    if let last = lives[op].last, last.upperBound >= start {
      lives[op][lives[op].count - 1] = min(last.lowerBound, start)...max(last.upperBound, event)
    } else {
      lives[op].append(start...event)
    }
  }

  /// The operator, counted from the first, that makes a tensor inside the group.
  func producer(of tensor: Int) -> Int? {
    let producer = table.values[tensor].producer
    return ops.contains(producer) ? producer - ops.lowerBound : nil
  }
}

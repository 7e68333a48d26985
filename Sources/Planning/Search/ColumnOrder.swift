/// How the events of a schedule follow one another where rows are cut into columns.
///
/// A chain of events, the tiles of some rows and then the rows, is repeated for every column. What its first
/// repetition writes is there in all others, and what the last one reads is there before.
struct ColumnOrder {
  /// By event, the first one after which what it writes may be there.
  let starts: [Int]
  /// By event, the last one before which what it reads may be there.
  let ends: [Int]
  /// Whether rows are cut into columns.
  let hasColumns: Bool

  /// One column for all rows.
  init(_ schedule: RowSchedule) {
    starts = Array(schedule.events.indices)
    ends = starts
    hasColumns = false
  }

  /// Chains of `columnCounts` columns, by operator; of the first column if it `isFirst`, else of the last one, where
  /// there are no more than two.
  init(_ schedule: RowSchedule, columnCounts: [Int], isFirst: Bool) {
    hasColumns = true
    func columns(_ event: RowSchedule.Event) -> Int {
      let op = schedule.events[event.chain.upperBound - 1].op
      let isSum = schedule.streamed != nil && op == schedule.ops.count - 1
      return columnCounts[isSum ? schedule.streamed ?? op : op]
    }
    starts = schedule.events.enumerated().map { index, event in
      columns(event) > (isFirst ? 2 : 1) ? event.chain.lowerBound : index
    }
    ends = schedule.events.enumerated().map { index, event in
      columns(event) > (isFirst ? 1 : 2) ? event.chain.upperBound - 1 : index
    }
  }
}

internal import Ops

extension RowSchedule {
  /// By event, where the rows of an operator's result end that have been made.
  func rowsMade(of op: Int, _ order: ColumnOrder) -> [Int] {
    var ends = [Int](repeating: limits[op].lowerBound, count: events.count)
    for (index, event) in events.enumerated() where event.op == op {
      ends[order.starts[index]] = event.rows.upperBound
    }
    for event in ends.indices.dropFirst() { ends[event] = max(ends[event], ends[event - 1]) }
    return ends
  }

  /// By event, the hull of rows that it or a later one reads, and of those that are read `later` than all.
  func rowsToRead(_ readings: [Reading], later: Range<Int>, _ order: ColumnOrder) -> [Range<Int>] {
    var toRead = [Range<Int>](repeating: 0..<0, count: events.count)
    for reading in readings { toRead[order.ends[reading.event]].formUnion(reading.rows) }
    var rows = later
    for event in toRead.indices.reversed() {
      rows.formUnion(toRead[event])
      toRead[event] = rows
    }
    return toRead
  }
}

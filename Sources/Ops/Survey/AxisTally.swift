/// Counts, by rank and axis, in how many instances something is allowed.
struct AxisTally {
  private struct Count {
    var allowed = 0
    var asked = 0
  }

  private var counts: [Int: [Count]] = [:]

  /// Asks about every axis of several coordinates; one of a single coordinate is never cut.
  mutating func add(_ extents: [Int], isAllowed: (Int) -> Bool) {
    var row = counts[extents.count] ?? [Count](repeating: Count(), count: extents.count)
    for (axis, extent) in extents.enumerated() where extent > 1 {
      row[axis].asked += 1
      if isAllowed(axis) { row[axis].allowed += 1 }
    }
    counts[extents.count] = row
  }

  /// What was counted, by ascending rank.
  var uses: [AxisUse] {
    counts.sorted { $0.key < $1.key }.map { rank, row in
      AxisUse(
        rank: rank, axes: row.indices.filter { row[$0].allowed > 0 },
        always: row.indices.filter { row[$0].allowed > 0 && row[$0].allowed == row[$0].asked })
    }
  }
}

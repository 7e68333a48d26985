/// Where items have the units that their positions are those of, so that no gap is negative.
///
/// If each item starts at its position, the gap up to it is negative where what lies below is in its
/// dead part. With anchors, gaps are longer by that of the item above and shorter by that of the one
/// below; around a circle of items they keep their sum. So there are anchors unless some circle has
/// a negative sum; and one whose sum is 0 has no lowest item to place first.
struct PackingAnchors {
  /// The anchor of each item, in units from its start.
  private(set) var units: [Int]

  /// How often all gaps are looked at, mostly two times.
  private static let maximumRounds = 100

  /// The least anchors of items, whose neighbours are at `ranges`; `nil` if none are found.
  init?(_ neighbours: [PackingModel.Neighbour], _ ranges: [Range<Int>]) {
    units = [Int](repeating: 0, count: ranges.count)
    guard neighbours.contains(where: { $0.gapAbove <= 0 }) else { return }
    var hasChanged = true
    for _ in 0..<Self.maximumRounds where hasChanged {
      hasChanged = false
      for (item, range) in ranges.enumerated() {
        for neighbour in neighbours[range] {
          let least = units[item] - neighbour.gapAbove
          guard units[neighbour.item] < least else { continue }
          // Without a circle, no anchor is above the sum of all sizes.
          guard least <= LayoutProblem.largestNumber else { return nil }
          units[neighbour.item] = least
          hasChanged = true
        }
      }
    }
    if hasChanged || hasCircle(neighbours, ranges) { return nil }
  }

  /// Whether some gaps that are 0 go round in a circle: what is left when lowest items go away.
  private func hasCircle(_ neighbours: [PackingModel.Neighbour], _ ranges: [Range<Int>]) -> Bool {
    let aboves = ranges.enumerated().map { item, range in
      neighbours[range].filter { units[$0.item] + $0.gapAbove == units[item] }.map(\.item)
    }
    var belowCounts = [Int](repeating: 0, count: ranges.count)
    for above in aboves.joined() { belowCounts[above] += 1 }
    var lowest = ranges.indices.filter { belowCounts[$0] == 0 }
    var count = 0
    while let item = lowest.popLast() {
      count += 1
      for above in aboves[item] {
        belowCounts[above] -= 1
        if belowCounts[above] == 0 { lowest.append(above) }
      }
    }
    return count < ranges.count
  }
}

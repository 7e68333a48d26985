/// A layout problem as the exact search sees it: whole units, slices of time, and separations.
///
/// A unit is the greatest common divisor of all rooms, distances and fixed offsets, since the
/// offsets of a lowest layout are sums of those; or the alignment, if a fixed offset is no multiple
/// of it. Such an offset is rounded up here, and its separations make up for that.
///
/// Positions are those of starts, or, where a separation is negative, of anchors: an item in whose
/// dead part another one lies may start below that, but its anchor does not lie below.
struct PackingModel {
  /// A buffer that takes room; its numbers are in units.
  struct Item {
    let buffer: Int
    /// How far above its start lies the unit that the item's positions are those of.
    let anchor: Int
    /// The least position, and the only one of a fixed buffer.
    let least: Int
    let room: Int
    let neighbours: Range<Int>
    let runs: Range<Int>
    /// From the first section in which the item is live through the last.
    let hull: Range<Int>
  }

  /// An item that is live at some time when the one it is listed for is.
  struct Neighbour {
    let item: Int
    /// The least number of units from the position of the one up to that of the neighbour.
    var gapAbove: Int
    /// The least number of units from the position of the neighbour up to that of the one.
    var gapBelow: Int
  }

  /// Successive sections in which an item is live, and the units that it surely adds to each.
  struct Run {
    let sections: Range<Int>
    let room: Int
    /// How many units the item may reach below its position.
    let depth: Int
  }

  let problem: LayoutProblem
  let unit: Int
  private(set) var items: [Item] = []
  private(set) var neighbours: [Neighbour] = []
  private(set) var runs: [Run] = []
  /// The starts of the sections: times with a live set that no other time's contains.
  let sections: [Int]

  /// How many entries each table may have; larger problems are left to first fit.
  private static let maximumTable = 1 << 22

  /// How many nodes a search may have where one of `smallSize` buffers and sections may have `nodeLimit`.
  ///
  /// In larger problems a node touches more sections, and more buffers in each.
  func scaled(_ nodeLimit: Int) -> Int {
    let size = max(items.count + sections.count, Self.smallSize)
    let share = Double(Self.smallSize) / Double(size)
    return max(1, Int(Double(nodeLimit) * share * share))
  }

  private static let smallSize = 512

  /// The model of a problem, or `nil` if that is too large to be searched, or has no anchors.
  init?(_ firstFit: FirstFit) {
    let (problem, table) = (firstFit.problem, firstFit.neighbours)
    guard table.others.count <= Self.maximumTable else { return nil }
    self.problem = problem
    unit = firstFit.offsetUnit
    sections = problem.packingSections
    let live = problem.buffers.indices.filter { problem.buffers[$0].takesRoom }
    let neighbourRanges = addNeighbours(live, firstFit)
    guard let anchors = PackingAnchors(neighbours, neighbourRanges)?.units else { return nil }

    let savings = RoomSavings(problem)
    var membership = 0
    for (index, buffer) in live.enumerated() {
      let firstRun = runs.count
      for part in problem.buffers[buffer].parts {
        let range = sections.sortedRange(part.times)
        membership += range.count
        guard membership <= Self.maximumTable else { return nil }
        addRuns(of: buffer, part.bytes, anchor: anchors[index], range, savings)
      }
      for neighbour in neighbourRanges[index] {
        let shift = anchors[neighbours[neighbour].item] - anchors[index]
        neighbours[neighbour].gapAbove += shift
        neighbours[neighbour].gapBelow -= shift
      }
      let hull = runs[firstRun].sections.lowerBound..<runs[runs.count - 1].sections.upperBound
      items.append(
        Item(
          buffer: buffer, anchor: anchors[index], least: position(buffer) + anchors[index],
          room: problem.room(of: buffer) / unit, neighbours: neighbourRanges[index],
          runs: firstRun..<runs.count, hull: hull))
    }
  }

  /// The offset in bytes of `item` at `position`.
  func offset(of item: Item, at position: Int) -> Int {
    problem.buffers[item.buffer].fixedOffset ?? (position - item.anchor) * unit
  }

  /// The largest position of `item` below a capacity in bytes; below its anchor if there is none.
  func latest(_ item: Item, capacity: Int) -> Int {
    let buffer = problem.buffers[item.buffer]
    if buffer.fixedOffset != nil { return item.least }
    let room = capacity - buffer.sizeInBytes
    return item.anchor + (room < 0 ? -1 : room / unit)
  }

  /// The next larger capacity that leaves some item another position.
  func capacity(after capacity: Int) -> Int {
    items.reduce(Int.max) { least, item in
      guard problem.buffers[item.buffer].fixedOffset == nil else { return least }
      let position = latest(item, capacity: capacity) + 1
      return min(
        least, offset(of: item, at: position) + problem.buffers[item.buffer].sizeInBytes)
    }
  }

  /// Where `buffer` is fixed, or 0, in units rounded up.
  private func position(_ buffer: Int) -> Int {
    ceilingQuotient(problem.buffers[buffer].fixedOffset ?? 0, unit)
  }

  /// The least number of units between the starts of two buffers; `nil` if both are fixed.
  private func gap(below: Int, above: Int, _ separations: Separations) -> Int? {
    let bytes = separations[below: below, above: above]
    return switch (problem.buffers[below].fixedOffset, problem.buffers[above].fixedOffset) {
    case (nil, nil): ceilingQuotient(bytes, unit)
    case (let offset?, nil): ceilingQuotient(offset + bytes, unit) - position(below)
    case (nil, let offset?): position(above) + ceilingQuotient(bytes - offset, unit)
    case (_?, _?): nil
    }
  }

  /// Adds the neighbours of `buffers`, positioned by their starts; those of each are side by side.
  private mutating func addNeighbours(_ buffers: [Int], _ firstFit: FirstFit) -> [Range<Int>] {
    var itemOf = [Int](repeating: -1, count: problem.buffers.count)
    for (item, buffer) in buffers.enumerated() { itemOf[buffer] = item }
    return buffers.map { buffer in
      let first = neighbours.count
      for other in firstFit.neighbours[buffer] {
        let other = Int(other)
        // Gaps whose sum is not positive forbid nothing.
        guard let above = gap(below: buffer, above: other, firstFit.separations),
          let below = gap(below: other, above: buffer, firstFit.separations), above + below > 0
        else { continue }
        neighbours.append(Neighbour(item: itemOf[other], gapAbove: above, gapBelow: below))
      }
      return first..<neighbours.count
    }
  }

  /// Adds one part of `buffer`, cut where its room changes.
  private mutating func addRuns(
    of buffer: Int, _ bytes: Range<Int>, anchor: Int, _ range: Range<Int>, _ savings: RoomSavings
  ) {
    let whole = problem.room(of: buffer, bytes)
    let depth = max(0, anchor - bytes.lowerBound / unit)
    var start = range.lowerBound
    for section in range {
      let room = (whole - savings.bytes(of: buffer, at: sections[section])) / unit
      let isLast =
        section + 1 == range.upperBound
        || (whole - savings.bytes(of: buffer, at: sections[section + 1])) / unit != room
      guard isLast else { continue }
      runs.append(Run(sections: start..<section + 1, room: room, depth: depth))
      start = section + 1
    }
  }
}

extension FirstFit {
  /// What all offsets of a lowest layout are multiples of, fixed ones aside; and all ends of parts.
  fileprivate var offsetUnit: Int {
    var unit = 0
    func include(_ bytes: Int) {
      var (a, b) = (unit, abs(bytes))
      while b != 0 { (a, b) = (b, a % b) }
      unit = a
    }
    for (index, buffer) in problem.buffers.enumerated() where buffer.takesRoom {
      if let offset = buffer.fixedOffset {
        guard offset % problem.alignment == 0 else { return problem.alignment }
        include(offset)
      }
      include(problem.room(of: index))
      guard !buffer.extents.isEmpty else { continue }
      for extent in buffer.extents {
        include(problem.aligned(extent.bytes.lowerBound))
        include(problem.aligned(extent.bytes.upperBound))
      }
      for other in neighbours[index] {
        for (below, above) in [(index, Int(other)), (Int(other), index)] {
          let units = ceilingQuotient(separations[below: below, above: above], problem.alignment)
          include(units * problem.alignment)
        }
      }
    }
    for spacing in problem.spacings { include(spacing.distance) }
    return max(unit, 1)
  }
}

extension [Int] {
  /// The indices of the elements in `range`; the elements ascend.
  ///
  /// - Complexity: O(log n).
  func sortedRange(_ range: Range<Int>) -> Range<Int> {
    sortedIndex(range.lowerBound)..<sortedIndex(range.upperBound)
  }

  /// The index of the first element that is not below `value`, if the elements ascend.
  private func sortedIndex(_ value: Int) -> Int {
    var range = 0..<count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = self[middle] < value ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }
}

/// `dividend / divisor`, rounded up; the divisor is positive.
private func ceilingQuotient(_ dividend: Int, _ divisor: Int) -> Int {
  dividend > 0 ? (dividend - 1) / divisor + 1 : dividend / divisor
}

/// A layout problem as the exact search sees it: whole units, slices of time, and separations.
///
/// A unit is the greatest common divisor of all rooms, distances and fixed offsets, since the
/// offsets of a lowest layout are sums of those; or the alignment, if a fixed offset is no multiple
/// of it. Such an offset is rounded up here, and its separations make up for that.
struct PackingModel {
  /// A buffer that takes room; its numbers are in units.
  struct Item {
    let buffer: Int
    /// The least offset, and the only one of a fixed buffer.
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
    /// The least number of units from the start of the one up to the start of the neighbour.
    let gapAbove: Int
    /// The least number of units from the start of the neighbour up to the start of the one.
    let gapBelow: Int
  }

  /// Successive sections in which an item is live, and the units that it surely adds to each.
  struct Run {
    let sections: Range<Int>
    let room: Int
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

  /// The model of `problem`, or `nil` if that is too large to be searched.
  init?(_ problem: LayoutProblem, neighbours table: NeighbourTable) {
    guard table.others.count <= Self.maximumTable else { return nil }
    self.problem = problem
    unit = problem.offsetUnit
    sections = problem.sectionTimes
    var itemOf = [Int](repeating: -1, count: problem.buffers.count)
    let live = problem.buffers.indices.filter { problem.buffers[$0].takesRoom }
    for (item, buffer) in live.enumerated() { itemOf[buffer] = item }

    let separations = Separations(problem)
    let savings = RoomSavings(problem)
    var membership = 0
    for buffer in live {
      let (firstNeighbour, firstRun) = (neighbours.count, runs.count)
      for other in table[buffer] {
        let other = Int(other)
        guard let above = gap(below: buffer, above: other, separations),
          let below = gap(below: other, above: buffer, separations)
        else { continue }
        neighbours.append(
          Neighbour(item: itemOf[other], gapAbove: above, gapBelow: below))
      }
      for lifespan in problem.buffers[buffer].lifespans {
        let range = sections.sortedRange(lifespan)
        membership += range.count
        guard membership <= Self.maximumTable else { return nil }
        addRuns(of: buffer, range, savings)
      }
      let hull = runs[firstRun].sections.lowerBound..<runs[runs.count - 1].sections.upperBound
      items.append(
        Item(
          buffer: buffer, least: position(buffer), room: problem.room(of: buffer) / unit,
          neighbours: firstNeighbour..<neighbours.count, runs: firstRun..<runs.count, hull: hull))
    }
  }

  /// The offset in bytes of `item` at `position`.
  func offset(of item: Item, at position: Int) -> Int {
    problem.buffers[item.buffer].fixedOffset ?? position * unit
  }

  /// The largest position of `item` below a capacity in bytes; negative if there is none.
  func latest(_ item: Item, capacity: Int) -> Int {
    let buffer = problem.buffers[item.buffer]
    if buffer.fixedOffset != nil { return item.least }
    return capacity < buffer.sizeInBytes ? -1 : (capacity - buffer.sizeInBytes) / unit
  }

  /// The next larger capacity that leaves some item another position.
  func capacity(after capacity: Int) -> Int {
    items.reduce(Int.max) { least, item in
      guard problem.buffers[item.buffer].fixedOffset == nil else { return least }
      let position = latest(item, capacity: capacity) + 1
      return min(least, position * unit + problem.buffers[item.buffer].sizeInBytes)
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

  /// Adds one lifespan of `buffer`, cut where its room changes.
  private mutating func addRuns(of buffer: Int, _ range: Range<Int>, _ savings: RoomSavings) {
    let whole = problem.room(of: buffer)
    var start = range.lowerBound
    for section in range {
      let room = (whole - savings.bytes(of: buffer, at: sections[section])) / unit
      let isLast =
        section + 1 == range.upperBound
        || (whole - savings.bytes(of: buffer, at: sections[section + 1])) / unit != room
      guard isLast else { continue }
      runs.append(Run(sections: start..<section + 1, room: room))
      start = section + 1
    }
  }
}

extension LayoutProblem {
  /// What all offsets of a lowest layout are multiples of, fixed ones aside.
  fileprivate var offsetUnit: Int {
    var unit = 0
    func include(_ bytes: Int) {
      var (a, b) = (unit, bytes)
      while b != 0 { (a, b) = (b, a % b) }
      unit = a
    }
    for (index, buffer) in buffers.enumerated() where buffer.takesRoom {
      if let offset = buffer.fixedOffset {
        guard offset % alignment == 0 else { return alignment }
        include(offset)
      }
      include(room(of: index))
    }
    for spacing in spacings { include(spacing.distance) }
    return max(unit, 1)
  }

  /// The times at which a lifespan starts and some lifespan ends before the next one starts.
  fileprivate var sectionTimes: [Int] {
    let lifespans = lifespansByStart.map(\.lifespan)
    let ends = lifespans.map(\.upperBound).sorted()
    var times: [Int] = []
    var ended = 0
    for (index, lifespan) in lifespans.enumerated() {
      let next = index + 1 < lifespans.count ? lifespans[index + 1].lowerBound : Int.max
      let before = ended
      while ended < ends.count, ends[ended] <= next { ended += 1 }
      if ended > before { times.append(lifespan.lowerBound) }
    }
    return times
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

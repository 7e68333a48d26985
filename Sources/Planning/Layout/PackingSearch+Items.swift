extension PackingSearch {
  /// The next item to decide on in some sections.
  ///
  /// It is the first by rank on the floor of the preferred section, or else what lies below that;
  /// `nil` if there is no way on, or if a limit was passed.
  mutating func choose(in range: Range<Int>) -> Int? {
    while raises <= raiseEnd {
      var best: (section: Int, key: Int)?
      for index in range where sections[index].count > 0 {
        let key =
          preference.floorWeight &* sections[index].floor
          &- preference.loadWeight &* sections[index].load
        if best.map({ preference.isLate ? key <= $0.key : key < $0.key }) ?? true {
          best = (index, key)
        }
      }
      guard let (section, _) = best else { return nil }
      var (chosen, rank) = (-1, Int.max)
      for item in members(of: section)
      where !items[item].isPlaced && items[item].least == sections[section].floor
        && items[item].rank < rank
      {
        (chosen, rank) = (item, items[item].rank)
      }
      // Where a neighbour can end below the item, the neighbour comes first.
      var support = lowestEnd(around: chosen)
      while support.position <= items[chosen].least {
        chosen = support.item
        support = lowestEnd(around: chosen)
      }
      guard items[chosen].isPostponed else { return chosen }
      raises += 1
      guard raise(chosen, to: support.position) else { return nil }
    }
    return nil
  }

  /// The lowest position that an unplaced neighbour may hold `item` up at, and that neighbour.
  private func lowestEnd(around item: Int) -> (position: Int, item: Int) {
    var lowest = (position: Int.max, item: -1)
    for neighbour in model.neighbours[model.items[item].neighbours]
    where !items[neighbour.item].isPlaced {
      let end = items[neighbour.item].least &+ neighbour.gapBelow
      if end < lowest.position { lowest = (end, neighbour.item) }
    }
    return lowest
  }

  /// Places `item` at its least position: its unplaced neighbours go above it.
  ///
  /// Returns whether all sections still fit, and whether there was no such neighbour.
  mutating func place(_ item: Int) -> (fits: Bool, isAlone: Bool) {
    items[item].isPlaced = true
    changeLoads(of: item, by: -1)
    var (allFit, isAlone) = (true, true)
    let position = items[item].least
    touchSections(of: item, at: position)
    for neighbour in model.neighbours[model.items[item].neighbours]
    where !items[neighbour.item].isPlaced {
      isAlone = false
      let end = position &+ neighbour.gapAbove
      if end >= items[neighbour.item].least {
        setLeast(of: neighbour.item, to: end, isPostponed: false)
        if end > items[neighbour.item].latest { allFit = false }
      }
    }
    return (updateFloors() && allFit, isAlone)
  }

  /// Decides that `item` is not at its least position; whether all sections still fit.
  mutating func postpone(_ item: Int) -> Bool { raise(item, to: lowestEnd(around: item).position) }

  private mutating func raise(_ item: Int, to position: Int) -> Bool {
    guard position <= items[item].latest else { return false }
    setLeast(of: item, to: position, isPostponed: true)
    return updateFloors()
  }

  /// Changes the least position of an item and touches the sections whose floor it was.
  private mutating func setLeast(of item: Int, to position: Int, isPostponed: Bool) {
    let old = items[item].least
    trail.append(.item(item, least: old, isPostponed: items[item].isPostponed))
    items[item].least = position
    items[item].isPostponed = isPostponed
    if position > old { touchSections(of: item, at: old) }
  }

  /// Marks the sections whose floor `item` may have been at `floor`, or below whose floor it reaches.
  private mutating func touchSections(of item: Int, at floor: Int) {
    for run in model.runs[model.items[item].runs] {
      for section in run.sections
      where (sections[section].floor == floor || run.depth > 0) && !sections[section].isTouched {
        sections[section].isTouched = true
        touched.append(section)
      }
    }
  }

  /// Computes the floors of the touched sections; whether what is left fits above them.
  private mutating func updateFloors() -> Bool {
    var allFit = true
    for section in touched {
      sections[section].isTouched = false
      guard sections[section].count > 0 else { continue }
      let floor = leastPosition(in: section)
      if floor != sections[section].floor {
        trail.append(.floor(section: section, sections[section].floor))
        sections[section].floor = floor
      } else if hangings(of: section).isEmpty {
        continue
      }
      if !fits(section) {
        allFit = false
        for item in members(of: section) where !items[item].isPlaced { failures[item] &+= 1 }
      }
    }
    touched.removeAll(keepingCapacity: true)
    return allFit
  }

  private func members(of section: Int) -> ArraySlice<Int> {
    members[memberStarts[section]..<memberStarts[section + 1]]
  }

  private func hangings(of section: Int) -> ArraySlice<(item: Int, depth: Int)> {
    hangings[hangingStarts[section]..<hangingStarts[section + 1]]
  }

  /// Whether the unplaced items of a section fit between the lowest of them and the capacity.
  func fits(_ section: Int) -> Bool {
    sections[section].count == 0 || bottom(of: section) + sections[section].load <= capacity
  }

  /// The lowest unit at which any unplaced item of a section may be in use.
  private func bottom(of section: Int) -> Int {
    var bottom = sections[section].floor
    for (item, depth) in hangings(of: section) where !items[item].isPlaced {
      bottom = min(bottom, items[item].least - depth)
    }
    return bottom
  }

  /// The least position of any unplaced item in a section, if there is one; not below its floor.
  func leastPosition(in section: Int) -> Int {
    let floor = sections[section].floor
    var least = Int.max
    for item in members(of: section) where !items[item].isPlaced && items[item].least < least {
      least = items[item].least
      if least == floor { return floor }
    }
    return least == Int.max ? floor : least
  }

  /// Adds an item to the loads and crossings of its sections, or takes it away.
  mutating func changeLoads(of item: Int, by sign: Int) {
    for run in model.runs[model.items[item].runs] {
      for section in run.sections {
        sections[section].load &+= sign &* run.room
        sections[section].count &+= sign
      }
    }
    let hull = model.items[item].hull
    for section in hull.lowerBound..<hull.upperBound - 1 { sections[section].crossings &+= sign }
  }
}

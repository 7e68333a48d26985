extension LayoutProblem {
  /// The times of a packing's sections, ascending: each live set is part of that of some section.
  ///
  /// Of times with one live set, that is one at which most bytes are in use.
  var packingSections: [Int] {
    let times = sectionTimes
    guard hasExtents else { return times }
    let lifespans = lifespansByStart.map(\.lifespan)
    let bounds = (lifespans.map(\.lowerBound) + lifespans.map(\.upperBound)).sorted()
    let bytes = bytesInUse(at: times)
    var sections: [(time: Int, bytes: Int)] = []
    var (passed, lastPassed) = (0, -1)
    for (time, bytes) in zip(times, bytes) {
      while passed < bounds.count, bounds[passed] <= time { passed += 1 }
      if passed > lastPassed {
        sections.append((time, bytes))
      } else if bytes > sections[sections.count - 1].bytes {
        sections[sections.count - 1] = (time, bytes)
      }
      lastPassed = passed
    }
    return sections.map(\.time)
  }

  /// The times at which a part starts to be in use and some part ends before the next one starts.
  var sectionTimes: [Int] {
    let parts = partsByStart.map(\.times)
    let ends = parts.map(\.upperBound).sorted()
    var times: [Int] = []
    var ended = 0
    for (index, part) in parts.enumerated() {
      let next = index + 1 < parts.count ? parts[index + 1].lowerBound : Int.max
      let before = ended
      while ended < ends.count, ends[ended] <= next { ended += 1 }
      if ended > before { times.append(part.lowerBound) }
    }
    return times
  }

  /// How many bytes are in use at each of some ascending times.
  private func bytesInUse(at times: [Int]) -> [Int] {
    var changes: [(time: Int, bytes: Int)] = []
    for part in partsByStart {
      let count = bytes(of: part).count
      changes.append((part.times.lowerBound, count))
      changes.append((part.times.upperBound, -count))
    }
    changes.sort { $0.time < $1.time }
    var (sum, next) = (0, 0)
    return times.map { time in
      while next < changes.count, changes[next].time <= time {
        sum += changes[next].bytes
        next += 1
      }
      return sum
    }
  }
}

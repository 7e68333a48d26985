/// The addresses that one step has read.
struct ReadAddresses {
  private var ranges: [Range<Int>] = []
  /// Whether ranges are ascending and disjoint.
  private var isSorted = true

  /// Forgets all.
  mutating func removeAll() {
    ranges.removeAll(keepingCapacity: true)
    isSorted = true
  }

  /// Adds addresses.
  mutating func insert(_ addresses: Range<Int>) {
    if let last = ranges.last, addresses.lowerBound <= last.upperBound {
      if addresses.lowerBound >= last.lowerBound {
        ranges[ranges.count - 1] =
          last.lowerBound..<max(last.upperBound, addresses.upperBound)
        return
      }
      isSorted = false
    }
    ranges.append(addresses)
  }

  /// The stretches of `addresses` that were read, in order.
  ///
  /// - Precondition: what was read is sorted.
  func stretches(in addresses: Range<Int>) -> [Range<Int>] {
    precondition(isSorted, "ranges are sorted before they are searched")
    var stretches: [Range<Int>] = []
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= addresses.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while low < ranges.count, ranges[low].lowerBound < addresses.upperBound {
      stretches.append(ranges[low].clamped(to: addresses))
      low += 1
    }
    return stretches
  }

  /// Orders what was read by address.
  mutating func sort() {
    if isSorted { return }
    let all = ranges.sorted { $0.lowerBound < $1.lowerBound }
    removeAll()
    for range in all { insert(range) }
  }
}

extension LayoutProblem {
  /// The largest size, offset, time and sum of sizes: sums of a few such numbers are still exact.
  public static let largestNumber = 1 << 60

  /// The first reason, if there is any, for which there cannot be a layout.
  ///
  /// A problem without a fault has a layout.
  ///
  /// - Complexity: O(n log n) in the number of lifespans and spacings.
  public var fault: LayoutFault? {
    guard (1...Self.largestNumber).contains(alignment) else {
      return .badAlignment(found: alignment)
    }
    return buffers.indices.lazy.compactMap(fault(ofBuffer:)).first ?? firstTooLarge.map {
      .tooLarge(buffer: $0)
    }
      ?? spacingFault ?? circleFault
      ?? firstFixedOverlap.map { .fixedOverlap(buffer: $0.0, other: $0.1) }
  }

  private func fault(ofBuffer index: Int) -> LayoutFault? {
    let buffer = buffers[index]
    guard buffer.sizeInBytes >= 0 else {
      return .negativeSize(buffer: index, found: buffer.sizeInBytes)
    }
    if let offset = buffer.fixedOffset, offset < 0 {
      return .negativeOffset(buffer: index, found: offset)
    }
    var end = -Self.largestNumber
    for lifespan in buffer.lifespans {
      guard end <= lifespan.lowerBound, !lifespan.isEmpty,
        lifespan.upperBound <= Self.largestNumber
      else { return .badLifespans(buffer: index, found: buffer.lifespans) }
      end = lifespan.upperBound
    }
    return buffer.hasSoundExtents ? nil : .badExtents(buffer: index, found: buffer.extents)
  }

  /// The first buffer with which sizes and fixed ends add up to too much; sizes are not negative.
  var firstTooLarge: Int? {
    var sum = 0
    for (index, buffer) in buffers.enumerated() {
      guard max(buffer.sizeInBytes, buffer.fixedOffset ?? 0) <= Self.largestNumber else {
        return index
      }
      sum += aligned(buffer.sizeInBytes) + (buffer.fixedOffset.map(aligned) ?? 0)
      guard sum <= Self.largestNumber else { return index }
    }
    return nil
  }

  private var spacingFault: LayoutFault? {
    var pairs: Set<[Int]> = []
    for (index, spacing) in spacings.enumerated() {
      guard spacing.below != spacing.above, buffers.indices.contains(spacing.below),
        buffers.indices.contains(spacing.above),
        pairs.insert([spacing.below, spacing.above]).inserted
      else { return .badPair(spacing: index) }
      guard spacing.distance >= 0, spacing.distance <= buffers[spacing.below].sizeInBytes,
        spacing.distance % alignment == 0
      else { return .badDistance(spacing: index, found: spacing.distance) }
    }
    return nil
  }

  /// A circle of spacings of distance 0: what is left when lowest buffers are taken away.
  private var circleFault: LayoutFault? {
    guard !spacings.isEmpty else { return nil }
    var belowCounts = [Int](repeating: 0, count: buffers.count)
    var aboves = [[Int]](repeating: [], count: buffers.count)
    for spacing in spacings where spacing.distance == 0 {
      belowCounts[spacing.above] += 1
      aboves[spacing.below].append(spacing.above)
    }
    var lowest = buffers.indices.filter { belowCounts[$0] == 0 }
    while let buffer = lowest.popLast() {
      for above in aboves[buffer] {
        belowCounts[above] -= 1
        if belowCounts[above] == 0 { lowest.append(above) }
      }
    }
    return spacings.indices.first { index in
      spacings[index].distance == 0 && belowCounts[spacings[index].below] > 0
        && belowCounts[spacings[index].above] > 0
    }.map { .circle(spacing: $0) }
  }

  /// Two fixed buffers that overlap: in ascending order, each must lie above all before it.
  var firstFixedOverlap: (Int, Int)? {
    let fixed = buffers.indices.compactMap { index in
      buffers[index].takesRoom ? buffers[index].fixedOffset.map { (offset: $0, index) } : nil
    }.sorted { $0 < $1 }
    guard fixed.count > 1 else { return nil }
    let spaced = spacings.filter {
      buffers[$0.below].fixedOffset != nil && buffers[$0.above].fixedOffset != nil
    }
    let times = lifespansByStart.map(\.lifespan.lowerBound)
    var heights = RangeMaxima(count: times.count)
    for (offset, index) in fixed {
      let ranges = buffers[index].lifespans.map(times.sortedRange)
      // The buffers of a fixed spacing, and those with extents, are few: they are compared with all.
      let isSpaced =
        spaced.contains { $0.below == index || $0.above == index }
        || !buffers[index].extents.isEmpty
      if isSpaced || ranges.contains(where: { heights[$0] > offset }) {
        let other = fixed.first { overlap($0.1, index, spaced) }
        if let other { return (index, other.1) }
      }
      guard !isSpaced else { continue }
      for range in ranges { heights.raise(range, to: offset + buffers[index].sizeInBytes) }
    }
    return nil
  }

  /// Whether two fixed buffers overlap in time and space.
  private func overlap(_ a: Int, _ b: Int, _ spacings: [Spacing]) -> Bool {
    guard a != b, let low = buffers[a].fixedOffset, let high = buffers[b].fixedOffset,
      let distances = Separations.distances(buffers[a].parts, buffers[b].parts)
    else { return false }
    func spacing(_ below: Int, _ above: Int) -> Int? {
      spacings.first { $0.below == below && $0.above == above }?.distance
    }
    return low + (spacing(a, b) ?? distances.firstBelow) > high
      && high + (spacing(b, a) ?? distances.secondBelow) > low
  }
}

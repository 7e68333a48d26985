/// First fit in an order of which a little changes at a time.
///
/// It gives the offsets that ``FirstFit`` gives, much faster where there are not many buffers: what
/// comes before the first change keeps its place, and what is placed is kept sorted by offset.
struct OrderedFit {
  /// A neighbour, if sizes do not tell how far apart the two must be.
  private struct Link {
    let other: Int
    /// The least number of bytes from the start of the one up to the start of the neighbour.
    let gapAbove: Int
    /// The least number of bytes from the start of the neighbour up to the start of the one.
    let gapBelow: Int
  }

  private let firstFit: FirstFit
  private let sizes: [Int]
  /// For each buffer a row: whether a buffer is a neighbour as far apart as its size.
  private let isPlain: [Bool]
  private let links: [[Link]]
  private let fixedPeak: Int
  /// The buffers without a fixed offset that take room, as they are placed.
  private(set) var order: [Int]
  /// The place of each buffer in ``order``; -1 for fixed ones.
  private(set) var ranks: [Int]
  /// The offset of each buffer.
  private(set) var offsets: [Int]
  /// The buffers that are placed, by ascending offset.
  private var placed: [Int]

  /// There is a table of all pairs.
  private static let maximumCount = 2048

  /// Places the buffers of `firstFit` in `order`; `nil` if they are too many.
  init?(_ firstFit: FirstFit, _ order: [Int]) {
    let buffers = firstFit.problem.buffers
    guard buffers.count <= Self.maximumCount else { return nil }
    self.firstFit = firstFit
    sizes = buffers.map(\.sizeInBytes)
    offsets = buffers.map { $0.fixedOffset ?? 0 }
    var isPlain = [Bool](repeating: false, count: buffers.count * buffers.count)
    links = buffers.indices.map { buffer in
      Set(firstFit.neighbours[buffer]).sorted().compactMap { other in
        let other = Int(other)
        let above = firstFit.separations[below: buffer, above: other]
        let below = firstFit.separations[below: other, above: buffer]
        if above == buffers[buffer].sizeInBytes, below == buffers[other].sizeInBytes {
          isPlain[buffer * buffers.count + other] = true
          return nil
        }
        return Link(other: other, gapAbove: above, gapBelow: below)
      }
    }
    self.isPlain = isPlain
    let fixed = buffers.indices.filter { buffers[$0].takesRoom && buffers[$0].fixedOffset != nil }
    placed = fixed.sorted { (buffers[$0].fixedOffset ?? 0) < (buffers[$1].fixedOffset ?? 0) }
    fixedPeak = fixed.reduce(0) {
      max($0, (buffers[$1].fixedOffset ?? 0) + buffers[$1].sizeInBytes)
    }
    self.order = []
    ranks = [Int](repeating: -1, count: buffers.count)
    restart(order)
  }

  /// The largest end of a buffer.
  var peak: Int { order.reduce(fixedPeak) { max($0, end(of: $1)) } }

  /// The end of a buffer.
  func end(of buffer: Int) -> Int { offsets[buffer] + sizes[buffer] }

  /// The buffers in `order`, fixed ones aside, that `buffer` lies on.
  func supports(of buffer: Int) -> [Int] {
    firstFit.neighbours[buffer].map { Int($0) }.filter { other in
      guard ranks[other] >= 0, ranks[other] < ranks[buffer] else { return false }
      let end = offsets[other] + firstFit.separations[below: other, above: buffer]
      return end > 0 && firstFit.problem.aligned(end) == offsets[buffer]
    }
  }

  /// Places all buffers in another order.
  mutating func restart(_ order: [Int]) {
    self.order = order.filter { firstFit.problem.buffers[$0].fixedOffset == nil }
    for (rank, buffer) in self.order.enumerated() { ranks[buffer] = rank }
    _ = place(from: 0, limit: Int.max)
  }

  /// Moves a buffer in the order; whether the peak is at most `limit` then.
  ///
  /// If it is not, some buffers are left without a place.
  mutating func move(_ buffer: Int, to rank: Int, limit: Int) -> Bool {
    let old = ranks[buffer]
    order.remove(at: old)
    order.insert(buffer, at: rank)
    let changed = min(old, rank)...max(old, rank)
    for rank in changed { ranks[order[rank]] = rank }
    return place(from: changed.lowerBound, limit: limit)
  }

  /// Places the buffers from a rank on again, as long as they end within `limit`.
  private mutating func place(from first: Int, limit: Int) -> Bool {
    placed.removeAll { ranks[$0] >= first }
    for rank in first..<order.count {
      let buffer = order[rank]
      let offset = lowestOffset(of: buffer)
      guard offset + sizes[buffer] <= limit else { return false }
      offsets[buffer] = offset
      var index = placed.count
      while index > 0, offsets[placed[index - 1]] > offset { index -= 1 }
      placed.insert(buffer, at: index)
    }
    return true
  }

  /// The lowest offset at which a buffer clears all that are placed.
  private func lowestOffset(of buffer: Int) -> Int {
    let alignment = firstFit.problem.alignment
    let row = buffer * sizes.count
    var (offset, next) = (0, 0)
    while true {
      // Plain neighbours ascend: what starts past the end leaves room, and so do all after it.
      while next < placed.count {
        let other = placed[next]
        if isPlain[row + other] {
          guard offsets[other] < offset + sizes[buffer] else { break }
          let end = offsets[other] + sizes[other]
          if end > offset { offset = alignment == 1 ? end : end.roundedUp(to: alignment) }
        }
        next += 1
      }
      let lowest = offset
      for link in links[buffer] where ranks[link.other] < ranks[buffer] {
        let start = offsets[link.other]
        if start - link.gapAbove < offset, offset < start + link.gapBelow {
          offset = (start + link.gapBelow).roundedUp(to: alignment)
        }
      }
      if offset == lowest { return offset }
    }
  }
}

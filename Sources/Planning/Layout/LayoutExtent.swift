extension LayoutProblem {
  /// The part of a buffer that is in use during a range of time.
  public struct Extent: Hashable, Sendable {
    /// When the part is in use; not empty.
    public var times: Range<Int>
    /// What is in use, from the start of the buffer; not empty, and within the buffer.
    public var bytes: Range<Int>

    /// The part `bytes`, in use during `times`.
    public init(times: Range<Int>, bytes: Range<Int>) {
      self.times = times
      self.bytes = bytes
    }
  }
}

extension LayoutProblem.Buffer {
  /// What is in use when: the extents, or where there are none, all of it during each lifespan.
  var parts: [LayoutProblem.Extent] {
    guard extents.isEmpty else { return extents }
    return lifespans.map { LayoutProblem.Extent(times: $0, bytes: 0..<sizeInBytes) }
  }

  /// What is in use at `time`; `nil` if the buffer is not live then.
  func bytes(at time: Int) -> Range<Int>? {
    if extents.isEmpty { return lifespans.contains { $0.contains(time) } ? 0..<sizeInBytes : nil }
    var range = extents.indices
    while range.count > 1 {
      let middle = range.lowerBound + range.count / 2
      let isLater = extents[middle].times.lowerBound <= time
      range = isLater ? middle..<range.upperBound : range.lowerBound..<middle
    }
    let extent = extents[range.lowerBound]
    return extent.times.contains(time) ? extent.bytes : nil
  }

  /// Whether the extents ascend, lie within the buffer and cover the lifespans and nothing else.
  var hasSoundExtents: Bool {
    guard !extents.isEmpty else { return true }
    let areInside = extents.allSatisfy { extent in
      !extent.bytes.isEmpty && extent.bytes.lowerBound >= 0
        && extent.bytes.upperBound <= sizeInBytes && !extent.times.isEmpty
    }
    let ascend = zip(extents, extents.dropFirst()).allSatisfy {
      $0.times.upperBound <= $1.times.lowerBound
    }
    return areInside && ascend && Self.joined(extents.map(\.times)) == Self.joined(lifespans)
  }

  /// Ascending ranges, those that touch made one.
  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for range in ranges {
      if let last = joined.last, last.upperBound == range.lowerBound {
        joined[joined.count - 1] = last.lowerBound..<range.upperBound
      } else {
        joined.append(range)
      }
    }
    return joined
  }
}

extension LayoutProblem {
  /// A part of a buffer, by its index among those of the buffer.
  typealias Part = (times: Range<Int>, buffer: Int32, index: Int32)

  /// The parts of all buffers that take room, by their start, then by their buffer.
  var partsByStart: [Part] {
    var parts: [Part] = []
    for (index, buffer) in buffers.enumerated() where buffer.takesRoom {
      let times = buffer.extents.isEmpty ? buffer.lifespans : buffer.extents.map(\.times)
      for (part, times) in times.enumerated() { parts.append((times, Int32(index), Int32(part))) }
    }
    parts.sort { ($0.times.lowerBound, $0.buffer) < ($1.times.lowerBound, $1.buffer) }
    return parts
  }

  /// The bytes of a part.
  func bytes(of part: Part) -> Range<Int> {
    let buffer = buffers[Int(part.buffer)]
    return buffer.extents.isEmpty
      ? 0..<buffer.sizeInBytes : buffer.extents[Int(part.index)].bytes
  }
}

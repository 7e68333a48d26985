/// A number of bytes that no layout of a problem stays below.
public struct LayoutBound: Hashable, Sendable {
  /// The bound on the peak.
  public let bytes: Int
  /// A time at which what is in use alone needs that much; `nil` if a single buffer binds, or none is.
  public let time: Int?
}

extension LayoutProblem {
  /// The most bytes that are in use at one time, or that one buffer reaches up to.
  ///
  /// At each time, starts and ends count as rounded up to the alignment, but for the end that would
  /// gain most by lying on top; ``RoomSavings`` are taken off.
  ///
  /// - Complexity: O(n log n) in the number of lifespans and extents, if each buffer has few
  ///   spacings.
  public var lowerBound: LayoutBound {
    var best = LayoutBound(bytes: 0, time: nil)
    for buffer in buffers where buffer.takesRoom {
      let end = (buffer.fixedOffset ?? 0) + buffer.sizeInBytes
      if end > best.bytes { best = LayoutBound(bytes: end, time: nil) }
    }

    let starts = partsByStart
    let ends = starts.sorted { ($0.times.upperBound, $0.buffer) < ($1.times.upperBound, $1.buffer) }
    let savings = RoomSavings(self)
    var saved = [Int](repeating: 0, count: spacings.isEmpty ? 0 : buffers.count)
    var paddings = MaximumTree(count: alignment == 1 ? 0 : buffers.count)
    var room = 0
    func update(_ part: Part, isLive: Bool, at time: Int) {
      let buffer = Int(part.buffer)
      let bytes = self.bytes(of: part)
      room += isLive ? self.room(of: buffer, bytes) : -self.room(of: buffer, bytes)
      paddings[buffer] = isLive ? padding(of: buffer, bytes) : 0
      for below in savings.affected(by: buffer) {
        room += saved[below]
        saved[below] = savings.bytes(of: below, at: time)
        room -= saved[below]
      }
    }

    var ended = 0
    for (index, part) in starts.enumerated() {
      let time = part.times.lowerBound
      while ended < ends.count, ends[ended].times.upperBound <= time {
        update(ends[ended], isLive: false, at: time)
        ended += 1
      }
      update(part, isLive: true, at: time)
      // The bound is largest where nothing more starts.
      let isLast = index + 1 == starts.count || starts[index + 1].times.lowerBound > time
      let bytes = room - paddings.maximum
      if isLast, bytes > best.bytes { best = LayoutBound(bytes: bytes, time: time) }
    }
    return best
  }
}

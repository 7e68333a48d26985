extension Liveness {
  /// What is in use of bytes that hold `bands`, and when; empty if that is always all of them.
  ///
  /// Bytes between two live bands count as in use.
  ///
  /// - Complexity: O(n^2) for n bands, each with few lifespans.
  static func extents(_ bands: [Band]) -> [LayoutProblem.Extent] {
    guard let first = bands.first, bands.contains(where: { $0.lifespans != first.lifespans }) else {
      return []
    }
    let bands = bands.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
    var events: [(time: Int, band: Int, change: Int)] = []
    for (band, content) in bands.enumerated() {
      for lifespan in content.lifespans {
        events.append((lifespan.lowerBound, band, 1))
        events.append((lifespan.upperBound, band, -1))
      }
    }
    events.sort { ($0.time, $0.band, $0.change) < ($1.time, $1.band, $1.change) }
    var live = [Int](repeating: 0, count: bands.count)
    var extents: [LayoutProblem.Extent] = []
    for (index, event) in events.enumerated() {
      live[event.band] += event.change
      guard index + 1 < events.count, events[index + 1].time > event.time,
        let low = live.firstIndex(where: { $0 > 0 }), let high = live.lastIndex(where: { $0 > 0 })
      else { continue }
      let bytes =
        bands[low].bytes.lowerBound..<bands[low...high].reduce(0) { max($0, $1.bytes.upperBound) }
      let times = event.time..<events[index + 1].time
      if let last = extents.last, last.bytes == bytes, last.times.upperBound == times.lowerBound {
        extents[extents.count - 1].times = last.times.lowerBound..<times.upperBound
      } else {
        extents.append(LayoutProblem.Extent(times: times, bytes: bytes))
      }
    }
    return extents
  }
}

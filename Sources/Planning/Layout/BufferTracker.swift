internal import Graph
internal import Tensor

/// Follows what is written to one buffer and read from it.
///
/// The unit is a pixel: all coordinates of the last axis of a tensor of three axes or more, else an element. A
/// pixel that is written in parts counts as live from the first of them.
struct BufferTracker {
  /// The most bands that are told apart; a buffer of more rows has one.
  private static let largestBandCount = 4_096

  /// Where pixels lie; a box of them has one axis less than the buffer.
  private let runs: ElementRuns
  private let rank: Int
  private let pixelAxes: Int
  /// The last axis' coordinates that the buffer holds.
  private let row: Range<Int>
  private let bandCount: Int
  private let pixelsPerBand: Int
  private let bytesPerBand: Int
  /// By pixel, when what it holds was written; below 0 before that.
  private var writes: [Int]
  /// By band, what reads and writes made of them.
  private var lifespans: [[Range<Int>]]

  init(_ buffer: PlanBuffer, shape: Shape) {
    let pixelAxes = shape.rank < 3 ? shape.rank : shape.rank - 1
    rank = shape.rank
    self.pixelAxes = pixelAxes
    var pixels = buffer
    pixels.region = Region(Array(buffer.region.ranges.prefix(pixelAxes)))
    pixels.rings = buffer.rings.filter { $0.key < pixelAxes }
    runs = ElementRuns(
      pixels, shape: Shape(checking: Array(shape.extents.prefix(pixelAxes))) ?? shape)
    row = buffer.region.row
    let extents = pixels.storedExtents
    let count = extents.reduce(1, *)
    let rows = extents.first { $0 > 1 } ?? 1
    bandCount = rows <= Self.largestBandCount ? rows : 1
    pixelsPerBand = max(1, count / bandCount)
    bytesPerBand = buffer.sizeInBytes / bandCount
    writes = [Int](repeating: -1, count: count)
    lifespans = [[Range<Int>]](repeating: [], count: bandCount)
  }

  /// The bands that are ever live.
  var bands: [Liveness.Band] {
    lifespans.enumerated().filter { !$1.isEmpty }.map { band, lifespans in
      Liveness.Band(
        bytes: band * bytesPerBand..<(band + 1) * bytesPerBand,
        lifespans: Liveness.merge(lifespans))
    }
  }

  /// Takes note that `region` is written at `time`.
  mutating func write(_ region: Region, at time: Int) {
    let isWhole = pixelAxes == rank || region.row == row
    forEachBand(region.ranges.map { [$0] }) { tracker, band, pixels in
      for pixel in pixels where isWhole || tracker.writes[pixel] < 0 {
        tracker.writes[pixel] = time
      }
      tracker.add(time..<time + 1, to: band)
    }
  }

  /// Takes note that the product of `coordinates` is read at `time`.
  mutating func read(_ coordinates: [[Range<Int>]], at time: Int) {
    if coordinates.contains(where: \.isEmpty) { return }
    forEachBand(coordinates) { tracker, band, pixels in
      var earliest = time
      for pixel in pixels {
        let write = tracker.writes[pixel]
        if write >= 0 && write < earliest { earliest = write }
      }
      tracker.add(earliest..<time + 1, to: band)
    }
  }

  private mutating func forEachBand(
    _ coordinates: [[Range<Int>]], _ body: (inout BufferTracker, Int, Range<Int>) -> Void
  ) {
    let (runs, pixelsPerBand) = (runs, pixelsPerBand)
    runs.forEach(Array(coordinates.prefix(pixelAxes))) { run in
      var low = run.offset
      while low < run.offset + run.count {
        let band = low / pixelsPerBand
        let high = min(run.offset + run.count, (band + 1) * pixelsPerBand)
        body(&self, band, low..<high)
        low = high
      }
    }
  }

  /// Keeps the list short: steps come in order, so that most ranges extend the last one.
  private mutating func add(_ lifespan: Range<Int>, to band: Int) {
    if let last = lifespans[band].last, lifespan.lowerBound >= last.lowerBound,
      lifespan.lowerBound < last.upperBound
    {
      lifespans[band][lifespans[band].count - 1] =
        last.lowerBound..<max(last.upperBound, lifespan.upperBound)
    } else {
      lifespans[band].append(lifespan)
    }
  }
}

/// Which coordinates of an operand's axis one coordinate of the output reads, where no window says it.
public enum CoordinateFunction: Hashable, Sendable {
  /// The remainder by `period`, which is above 0: copies one behind the other.
  case repeated(period: Int)
  /// Coordinates shifted by `before`, those outside the tensor mirrored at its ends; the coordinate at
  /// the end itself comes once where it `skipsEdge`, else twice.
  case mirrored(before: Int, skipsEdge: Bool)
  /// The block of `size` coordinates from `(i + before) / factor * size - margin` on, inseparably.
  ///
  /// Outside the tensor they read as padding.
  case blocks(size: Int, margin: Int, factor: Int, before: Int)
  /// The nearest coordinate, or the two that a place lies between.
  case resampled(Resampling)

  /// The coordinates read for output coordinate `output`, inside the operand's `extent` or not.
  public func taps(of output: Int, extent: Int) -> Range<Int> {
    switch self {
    case .repeated(let period): return output % period..<output % period + 1
    case .mirrored(let before, let skipsEdge):
      let (place, skipped) = (output - before, skipsEdge ? 1 : 0)
      let inside = place < extent ? place : 2 * extent - 1 - skipped - place
      let coordinate = place < 0 ? -place - 1 + skipped : inside
      return coordinate..<coordinate + 1
    case .blocks(let size, let margin, let factor, let before):
      let first = (output + before) / factor * size - margin
      return first..<first + size
    case .resampled(let resampling): return resampling.neighbours(of: output)
    }
  }

  /// Whether no output coordinate reads before what the one before it reads.
  public var isMonotonic: Bool {
    switch self {
    case .repeated, .mirrored: false
    case .blocks, .resampled: true
    }
  }

  /// How many coordinates one output coordinate reads at most.
  public var size: Int {
    switch self {
    case .repeated, .mirrored: 1
    case .blocks(let size, _, _, _): size
    case .resampled(let resampling): resampling.arithmetic == .nearest ? 1 : 2
    }
  }

  /// The smallest range that holds what `outputs` read.
  ///
  /// - Complexity: O(1), but for mirrored coordinates linear in `outputs`.
  func bounds(for outputs: Range<Int>, extent: Int) -> Range<Int> {
    let (first, last) = (outputs.lowerBound, outputs.upperBound - 1)
    switch self {
    case .repeated(let period):
      let wraps = outputs.count >= period || first % period > last % period
      let read = wraps ? 0..<period : first % period..<last % period + 1
      return read.clamped(to: 0..<extent)
    case .mirrored:
      let read = outputs.lazy.map { taps(of: $0, extent: extent).lowerBound }
      return ((read.min() ?? 0)..<(read.max() ?? 0) + 1).clamped(to: 0..<extent)
    case .blocks, .resampled:
      let end = taps(of: last, extent: extent).upperBound
      return (taps(of: first, extent: extent).lowerBound..<end).clamped(to: 0..<extent)
    }
  }
}

/// All whole numbers from one to another.
public struct Interval: Hashable, Sendable {
  /// The lowest.
  public var low: Int64
  /// The highest.
  public var high: Int64

  /// Makes an interval.
  public init(low: Int64, high: Int64) {
    self.low = low
    self.high = high
  }

  /// The smallest interval that holds both.
  func union(_ other: Interval) -> Interval {
    Interval(low: min(low, other.low), high: max(high, other.high))
  }
}

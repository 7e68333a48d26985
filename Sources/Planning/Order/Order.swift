/// An order of steps, its memory, and how much less any order could need.
public struct Order: Hashable, Sendable {
  /// Each step once, after all that it needs.
  public let steps: [Int]
  /// The most bytes live at a time.
  public let peakInBytes: Int
  /// A peak that no order can go under, proved.
  public let lowerBound: Int

  /// Whether no order needs less.
  public var isOptimal: Bool { peakInBytes == lowerBound }
}

/// Addresses for the buffers of a problem.
public struct Layout: Hashable, Sendable {
  /// The offset of each buffer, in bytes; of one that takes no room it means nothing.
  public let offsets: [Int]
  /// The largest end of a buffer that takes room.
  public let peakInBytes: Int
  /// A number that no layout's peak is below, proved.
  public let lowerBound: Int
  /// How many times the exact search placed a buffer, or another order was tried.
  public let searchedNodes: Int

  /// Whether no layout has a lower peak, proved.
  public var isOptimal: Bool { peakInBytes == lowerBound }
}

/// Whether buffers fit in a capacity.
public enum LayoutFit: Hashable, Sendable {
  /// They do, like this.
  case fits(Layout)
  /// No layout has a peak this low, proved; the layout is the best that was found.
  case doesNotFit(Layout)
  /// The node limit ended the search; the layout is the best that was found.
  case unknown(Layout)
}

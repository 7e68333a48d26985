/// An element that a kernel touched though it may not.
package struct TraceFault: Hashable, Sendable {
  /// What was done with it.
  package enum Act: Hashable, Sendable { case read, write }

  /// Where it lies.
  package enum Place: Hashable, Sendable {
    /// At addresses that are watched.
    case memory(Range<Int>)
    /// Among the sums that the kernel keeps to itself, at this coordinate: it was not written.
    case scratch([Int])
    /// In no memory of the step.
    case elsewhere
  }

  /// What was done.
  package let act: Act
  /// Where.
  package let place: Place

  init(_ act: Act, _ place: Place) {
    self.act = act
    self.place = place
  }
}

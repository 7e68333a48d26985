extension Range<Int> {
  /// The parts of the range between boundaries that are scaled to it; none is empty.
  ///
  /// `cuts` ascend from 0 to an extent that the range stands for.
  func split(at cuts: [Int]) -> [Range<Int>] {
    guard let last = cuts.last, last > 0 else { return [self] }
    let scaled = cuts.map { lowerBound + ($0 * count + last / 2) / last }
    return zip(scaled, scaled.dropFirst()).filter { $0 < $1 }.map { $0..<$1 }
  }

  /// The smallest range that holds both; an empty one adds nothing.
  mutating func formUnion(_ other: Range<Int>) {
    if other.isEmpty { return }
    self =
      isEmpty
      ? other : Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}

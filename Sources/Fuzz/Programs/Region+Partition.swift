package import Tensor

extension Region {
  /// The box cut at random along those axes for which `mayCut`, into at most `pieces` per axis, the
  /// parts in random order.
  package func randomPartition(
    pieces: Int, using generator: inout SplitMix64, mayCut: (Int) -> Bool
  ) -> [Region] {
    var parts = [self]
    for axis in 0..<rank where mayCut(axis) && self[axis].count > 1 {
      let cuts = (1..<Int.random(in: 1...pieces, using: &generator)).map { _ in
        Int.random(in: self[axis].lowerBound + 1..<self[axis].upperBound, using: &generator)
      }
      let boundaries = Set(cuts + [self[axis].lowerBound, self[axis].upperBound]).sorted()
      parts = parts.flatMap { part in
        zip(boundaries, boundaries.dropFirst()).map { low, high in
          var slice = part
          slice[axis] = low..<high
          return slice
        }
      }
    }
    return parts.shuffled(using: &generator)
  }
}

public import Tensor

extension Region {
  /// A random box inside that is not empty, often one that touches an edge.
  ///
  /// - Precondition: this box is not empty.
  public func randomPart(using generator: inout SplitMix64) -> Region {
    Region(
      ranges.map { range in
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return range
        case 1: return range.lowerBound..<Int.random(in: range.dropFirst(), or: range, &generator)
        default:
          let low = Int.random(in: range, using: &generator)
          return low..<Int.random(in: low + 1...range.upperBound, using: &generator)
        }
      })
  }

  /// A random box that holds this one and lies inside `whole`.
  func randomSuperset(in whole: Region, using generator: inout SplitMix64) -> Region {
    Region(
      zip(ranges, whole.ranges).map { range, limit in
        let low = Int.random(in: limit.lowerBound...range.lowerBound, using: &generator)
        return low..<Int.random(in: range.upperBound...limit.upperBound, using: &generator)
      })
  }
}

extension Int {
  /// One more than a random member of `range`'s rest, or the upper bound of a range of one.
  fileprivate static func random(
    in rest: Range<Int>.SubSequence, or range: Range<Int>, _ generator: inout SplitMix64
  ) -> Int {
    rest.isEmpty ? range.upperBound : Int.random(in: rest, using: &generator)
  }
}

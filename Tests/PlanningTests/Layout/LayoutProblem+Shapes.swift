import Planning

extension LayoutProblem {
  /// A small problem without fault, whose buffers are only partly in use at most times.
  ///
  /// Some grow, some shrink, and some are in use now here, now there.
  static func randomShapes(using generator: inout some RandomNumberGenerator) -> LayoutProblem {
    while true {
      var problem = random(using: &generator)
      problem.buffers.removeLast(max(0, problem.buffers.count - 5))
      problem.spacings.removeAll { max($0.below, $0.above) >= problem.buffers.count }
      for index in problem.buffers.indices where Int.random(in: 0..<3, using: &generator) > 0 {
        let kind = Int.random(in: 0..<4, using: &generator)
        problem.buffers[index].extents = shape(
          problem.buffers[index], kind: kind, using: &generator)
      }
      if problem.fault == nil, problem.buffers.contains(where: { !$0.extents.isEmpty }) {
        return problem
      }
    }
  }

  /// Parts that shrink from the low end, grow to the high end, grow to the low end, or jump.
  private static func shape(
    _ buffer: Buffer, kind: Int, using generator: inout some RandomNumberGenerator
  ) -> [Extent] {
    guard buffer.takesRoom else { return [] }
    let times = buffer.lifespans.flatMap { cuts(of: $0, using: &generator) }
    let size = buffer.sizeInBytes
    var ends = times.map { _ in Int.random(in: 1...size, using: &generator) }
    if kind < 3 { ends.sort() }
    return zip(times, ends).map { times, end in
      let bytes =
        switch kind {
        case 0: end - 1..<size
        case 1: 0..<end
        case 2: size - end..<size
        default: Int.random(in: 0..<end, using: &generator)..<end
        }
      return Extent(times: times, bytes: bytes)
    }
  }

  /// A lifespan cut in up to four.
  private static func cuts(
    of lifespan: Range<Int>, using generator: inout some RandomNumberGenerator
  ) -> [Range<Int>] {
    var starts = Set([lifespan.lowerBound])
    for _ in 0..<3 { starts.insert(Int.random(in: lifespan, using: &generator)) }
    let bounds = starts.sorted() + [lifespan.upperBound]
    return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
  }
}

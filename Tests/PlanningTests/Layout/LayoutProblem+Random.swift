import Planning

extension LayoutProblem {
  /// A small problem without fault, with something of everything a problem may have.
  static func random(using generator: inout some RandomNumberGenerator) -> LayoutProblem {
    while true {
      let problem = draft(using: &generator)
      if problem.fault == nil { return problem }
    }
  }

  private static func draft(using generator: inout some RandomNumberGenerator) -> LayoutProblem {
    let alignment = [1, 1, 1, 2, 3].randomElement(using: &generator) ?? 1
    let largest = Int.random(in: 2...6, using: &generator)
    let end = Int.random(in: 2...8, using: &generator)
    let kind = Int.random(in: 0..<4, using: &generator)
    let count = Int.random(in: 1...7, using: &generator)
    let buffers = (0..<count).map { _ in
      Buffer(
        sizeInBytes: Int.random(in: 0...largest, using: &generator),
        lifespans: lifespans(end: end, using: &generator),
        fixedOffset: kind > 1 && Int.random(in: 0..<4, using: &generator) == 0
          ? Int.random(in: 0...2 * largest, using: &generator) : nil)
    }
    var spacings: [Spacing] = []
    for below in buffers.indices where kind % 2 == 1 && Bool.random(using: &generator) {
      let above = Int.random(in: buffers.indices, using: &generator)
      let steps = buffers[below].sizeInBytes / alignment
      spacings.append(
        Spacing(
          below: below, above: above,
          distance: Int.random(in: 0...steps, using: &generator) * alignment))
    }
    return LayoutProblem(buffers: buffers, spacings: spacings, alignment: alignment)
  }

  /// One lifespan mostly, sometimes two, rarely none.
  private static func lifespans(
    end: Int, using generator: inout some RandomNumberGenerator
  ) -> [Range<Int>] {
    let count = [0, 1, 1, 1, 1, 1, 2, 2].randomElement(using: &generator) ?? 1
    let times = (0..<2 * count).map { _ in Int.random(in: 0...end, using: &generator) }.sorted()
    return stride(from: 0, to: 2 * count, by: 2).map { times[$0]..<times[$0 + 1] }
      .filter { !$0.isEmpty }
  }
}

import Planning

/// The rules for layouts, written down once more and as plainly as they are stated.
enum LayoutReference {
  /// A rule that a layout breaks.
  enum Violation: Hashable {
    case negative(Int)
    case unaligned(Int)
    case moved(Int)
    case tooClose(Int, Int)
  }

  /// All rules that `offsets` break.
  static func violations(_ offsets: [Int], _ problem: LayoutProblem) -> [Violation] {
    var violations: [Violation] = []
    for (index, buffer) in problem.buffers.enumerated() where buffer.takesRoom {
      if offsets[index] < 0 { violations.append(.negative(index)) }
      if let fixed = buffer.fixedOffset {
        if offsets[index] != fixed { violations.append(.moved(index)) }
      } else if offsets[index] % problem.alignment != 0 {
        violations.append(.unaligned(index))
      }
      for other in 0..<index where areTooClose(index, other, offsets, problem) {
        violations.append(.tooClose(other, index))
      }
    }
    return violations
  }

  /// The largest end.
  static func peak(_ offsets: [Int], _ problem: LayoutProblem) -> Int {
    problem.buffers.indices.filter { problem.buffers[$0].takesRoom }
      .map { offsets[$0] + problem.buffers[$0].sizeInBytes }.max() ?? 0
  }

  /// The least peak of any layout: all offsets are tried, for one capacity after another.
  static func leastPeak(_ problem: LayoutProblem) -> Int {
    var capacity = 0
    while !hasLayout(problem, from: 0, [], capacity: capacity) { capacity += 1 }
    return capacity
  }

  /// Whether the buffers from `index` on fit below a capacity, those before lying at `offsets`.
  private static func hasLayout(
    _ problem: LayoutProblem, from index: Int, _ offsets: [Int], capacity: Int
  ) -> Bool {
    guard index < problem.buffers.count else { return true }
    let buffer = problem.buffers[index]
    guard buffer.takesRoom else {
      return hasLayout(problem, from: index + 1, offsets + [0], capacity: capacity)
    }
    let candidates =
      buffer.fixedOffset.map { [$0] }
      ?? Array(stride(from: 0, through: capacity, by: problem.alignment))
    return candidates.contains { offset in
      let offsets = offsets + [offset]
      return offset + buffer.sizeInBytes <= capacity
        && !(0..<index).contains { areTooClose(index, $0, offsets, problem) }
        && hasLayout(problem, from: index + 1, offsets, capacity: capacity)
    }
  }

  private static func areTooClose(
    _ a: Int, _ b: Int, _ offsets: [Int], _ problem: LayoutProblem
  ) -> Bool {
    let (first, second) = (problem.buffers[a], problem.buffers[b])
    guard first.takesRoom, second.takesRoom else { return false }
    let common = parts(of: first).flatMap { own in
      parts(of: second).filter { own.times.overlaps($0.times) }.map { (own.bytes, $0.bytes) }
    }
    guard !common.isEmpty else { return false }
    func clears(_ below: Int, _ above: Int) -> Bool {
      if let spacing = problem.spacings.first(where: { $0.below == below && $0.above == above }) {
        return offsets[below] + spacing.distance <= offsets[above]
      }
      return common.allSatisfy { own, other in
        let (lower, upper) = below == a ? (own, other) : (other, own)
        return offsets[below] + lower.upperBound <= offsets[above] + upper.lowerBound
      }
    }
    return !clears(a, b) && !clears(b, a)
  }

  private static func parts(of buffer: LayoutProblem.Buffer) -> [LayoutProblem.Extent] {
    guard buffer.extents.isEmpty else { return buffer.extents }
    return buffer.lifespans.map { .init(times: $0, bytes: 0..<buffer.sizeInBytes) }
  }

  /// The first time and byte that two buffers use at once; the problem has no spacings.
  static func clash(_ offsets: [Int], _ problem: LayoutProblem) -> (time: Int, byte: Int)? {
    var users: Set<[Int]> = []
    for (index, buffer) in problem.buffers.enumerated() where buffer.takesRoom {
      for part in parts(of: buffer) {
        for time in part.times {
          for byte in part.bytes where !users.insert([time, offsets[index] + byte]).inserted {
            return (time, offsets[index] + byte)
          }
        }
      }
    }
    return nil
  }
}

/// What overlaps may save of the room that buffers take, at some time.
///
/// Where several buffers overlap at an address, all but the topmost lie below one of the others.
/// So the room of all is at least the sum of their rooms less what each shares with those that may
/// lie above it, which is no more than their sum, and no more than its own room past the least
/// distance.
struct RoomSavings {
  private let problem: LayoutProblem
  private let spacings: [[LayoutProblem.Spacing]]
  private let belows: [[Int]]

  init(_ problem: LayoutProblem) {
    self.problem = problem
    let count = problem.spacings.isEmpty ? 0 : problem.buffers.count
    var spacings = [[LayoutProblem.Spacing]](repeating: [], count: count)
    var belows = [[Int]](repeating: [], count: count)
    for spacing in problem.spacings {
      spacings[spacing.below].append(spacing)
      belows[spacing.above].append(spacing.below)
    }
    self.spacings = spacings
    self.belows = belows
  }

  /// The buffers whose savings may change when `buffer` becomes live or ends.
  func affected(by buffer: Int) -> [Int] { spacings.isEmpty ? [] : belows[buffer] + [buffer] }

  /// The most bytes that `buffer` may share at `time` with buffers above it.
  func bytes(of buffer: Int, at time: Int) -> Int {
    guard !spacings.isEmpty, let bytes = problem.buffers[buffer].bytes(at: time) else { return 0 }
    var (shared, start) = (0, bytes.upperBound)
    for spacing in spacings[buffer] {
      guard let above = problem.buffers[spacing.above].bytes(at: time) else { continue }
      shared += problem.room(of: spacing.above, above)
      start = min(start, max(spacing.distance + above.lowerBound, bytes.lowerBound))
    }
    return min(shared, problem.room(of: buffer, start..<bytes.upperBound))
  }
}

extension LayoutProblem {
  /// The least multiple of the alignment that is not below `bytes`.
  func aligned(_ bytes: Int) -> Int { bytes.roundedUp(to: alignment) }

  /// The bytes of `buffer` with those up to the next address that another may start at.
  func room(of buffer: Int) -> Int { room(of: buffer, 0..<buffers[buffer].sizeInBytes) }

  /// The room that a part of `buffer` takes: from its start to its end, both rounded up.
  ///
  /// What is disjoint has room that is disjoint.
  func room(of buffer: Int, _ bytes: Range<Int>) -> Int {
    let start = buffers[buffer].fixedOffset ?? 0
    return aligned(start + bytes.upperBound) - aligned(start + bytes.lowerBound)
  }

  /// The bytes of ``room(of:_:)`` that the topmost part need not have.
  func padding(of buffer: Int, _ bytes: Range<Int>) -> Int {
    guard room(of: buffer, bytes) > 0 else { return 0 }
    let end = (buffers[buffer].fixedOffset ?? 0) + bytes.upperBound
    return aligned(end) - end
  }
}

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
    guard !spacings.isEmpty, problem.isLive(buffer, at: time) else { return 0 }
    var (shared, distance) = (0, Int.max)
    for spacing in spacings[buffer]
    where problem.isLive(spacing.above, at: time) {
      shared += problem.room(of: spacing.above)
      distance = min(distance, spacing.distance)
    }
    return shared == 0 ? 0 : min(shared, max(problem.room(of: buffer) - distance, 0))
  }
}

extension LayoutProblem {
  /// The least multiple of the alignment that is not below `bytes`.
  func aligned(_ bytes: Int) -> Int { bytes.roundedUp(to: alignment) }

  /// The bytes of `buffer` with those up to the next address that another may start at.
  func room(of buffer: Int) -> Int {
    let start = buffers[buffer].fixedOffset ?? 0
    return aligned(start + buffers[buffer].sizeInBytes) - aligned(start)
  }

  /// Whether `buffer` is live at `time`.
  func isLive(_ buffer: Int, at time: Int) -> Bool {
    buffers[buffer].lifespans.contains { $0.contains(time) }
  }

  /// The bytes of ``room(of:)`` that the topmost buffer need not have.
  func padding(of buffer: Int) -> Int {
    guard room(of: buffer) > 0 else { return 0 }
    let end = (buffers[buffer].fixedOffset ?? 0) + buffers[buffer].sizeInBytes
    return aligned(end) - end
  }
}

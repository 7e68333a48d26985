import Graph
import Planning
import Tensor
import TestSupport
import Testing

@Suite struct MicroGreedyPlannerTests {
  private static func buffer(
    _ index: Int, _ size: Int, _ scopes: ClosedRange<Int>, at offset: Int? = nil
  ) -> MicroBuffer {
    MicroBuffer(.tensor(index), sizeInBytes: size, scopes: scopes, fixedOffset: offset)
  }

  @Test func nothingTakesNothing() {
    #expect(MicroGreedyPlanner.plan([]).headBytes == 0)
  }

  @Test func sizesAreRoundedUpTo16() {
    let plan = MicroGreedyPlanner.plan([Self.buffer(0, 1, 0...1), Self.buffer(1, 17, 0...1)])
    #expect(plan.offsets == [32, 0])
    #expect(plan.headBytes == 48)
  }

  /// Of equal sizes the later buffer comes first.
  @Test func tiesGoToTheLaterBuffer() {
    let plan = MicroGreedyPlanner.plan((0..<3).map { Self.buffer($0, 16, 0...1) })
    #expect(plan.offsets == [32, 16, 0])
  }

  /// Rounded sizes are compared: 20 bytes and 30 are equal.
  @Test func tiesAreOfRoundedSizes() {
    let plan = MicroGreedyPlanner.plan([Self.buffer(0, 30, 0...1), Self.buffer(1, 20, 0...1)])
    #expect(plan.offsets == [32, 0])
  }

  /// A buffer that ends in the scope in which another starts is still in use.
  @Test func scopesIncludeBothEnds() {
    let plan = MicroGreedyPlanner.plan([
      Self.buffer(0, 64, 0...1), Self.buffer(1, 32, 1...2), Self.buffer(2, 16, 2...3),
    ])
    #expect(plan.offsets == [0, 64, 0])
    #expect(plan.headBytes == 96)
  }

  @Test func theLowestGapThatIsLargeEnoughIsTaken() {
    let plan = MicroGreedyPlanner.plan([
      Self.buffer(0, 16, 0...0, at: 0), Self.buffer(1, 16, 0...0, at: 32),
      Self.buffer(2, 16, 0...0, at: 96), Self.buffer(3, 32, 0...0), Self.buffer(4, 16, 0...0),
    ])
    #expect(plan.offsets == [0, 32, 96, 48, 16])
    #expect(plan.headBytes == 112)
  }

  /// A fixed buffer stays where it is, even where it overlaps another, and is placed before larger ones.
  @Test func fixedOffsetsComeFirstAndStay() {
    let plan = MicroGreedyPlanner.plan([
      Self.buffer(0, 256, 0...1), Self.buffer(1, 32, 0...1, at: 16),
      Self.buffer(2, 32, 0...1, at: 16),
    ])
    #expect(plan.offsets == [48, 16, 16])
  }

  /// No two buffers that the planner places overlap in time and space, whatever their order.
  @Test(arguments: 0..<50 as Range<UInt64>) func randomPlansAreSound(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let buffers = (0..<Int.random(in: 1...40, using: &generator)).map { index in
      let first = Int.random(in: -1...10, using: &generator)
      let last = Int.random(in: first...first + 5, using: &generator)
      return Self.buffer(index, Int.random(in: 0...100, using: &generator), first...last)
    }
    let plan = MicroGreedyPlanner.plan(buffers)
    let ranges = zip(buffers, plan.offsets).map { $1..<$1 + $0.plannedSizeInBytes }
    for a in buffers.indices {
      #expect(plan.offsets[a].isMultiple(of: MicroBuffer.alignment) && plan.offsets[a] >= 0)
      for b in 0..<a where buffers[a].overlapsInTime(buffers[b]) {
        #expect(!ranges[a].overlaps(ranges[b]))
      }
    }
    #expect(plan.headBytes == ranges.map(\.upperBound).max())
  }
}

import Planning
import Tensor
import Testing

/// Layouts of buffers of which only a part is in use at a time.
@Suite struct ExtentLayoutTests {
  /// Every layout is legal and clashes nowhere, the least peak is that of trying all offsets, and
  /// no bound is above it.
  @Test(arguments: 0..<12 as Range<UInt64>) func smallProblems(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<20 {
      let problem = LayoutProblem.randomShapes(using: &generator)
      let least = LayoutReference.leastPeak(problem)
      let layout = LayoutSolver(nodeLimit: 5000).least(problem)
      expectLegal(layout, problem)
      #expect(layout.peakInBytes == least, "\(problem)")
      #expect(problem.lowerBound.bytes <= layout.lowerBound, "\(problem)")
      expectLegal(LayoutSolver(nodeLimit: 0).least(problem), problem)
      guard least > 0 else { continue }
      if case .fits = LayoutSolver(nodeLimit: 5000).fit(problem, capacity: least - 1) {
        Issue.record("expected no layout in \(least - 1) bytes of \(problem)")
      }
    }
  }

  private func expectLegal(_ layout: Layout, _ problem: LayoutProblem) {
    let violations = LayoutReference.violations(layout.offsets, problem)
    #expect(violations.isEmpty, "\(problem)")
    if problem.spacings.isEmpty {
      #expect(LayoutReference.clash(layout.offsets, problem) == nil, "\(problem)")
    }
    #expect(layout.peakInBytes == LayoutReference.peak(layout.offsets, problem))
    #expect(layout.lowerBound <= layout.peakInBytes)
  }

  /// Buffers that are said to be in use as a whole are laid out like others.
  @Test(arguments: 0..<8 as Range<UInt64>) func wholeExtents(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<10 {
      let problem = LayoutProblem.random(using: &generator)
      var same = problem
      for index in same.buffers.indices where same.buffers[index].takesRoom {
        let size = same.buffers[index].sizeInBytes
        same.buffers[index].extents = same.buffers[index].lifespans.flatMap { lifespan in
          lifespan.map { .init(times: $0..<$0 + 1, bytes: 0..<size) }
        }
      }
      #expect(same.fault == nil)
      #expect(same.lowerBound == problem.lowerBound, "\(problem)")
      let layout = LayoutSolver().least(same)
      #expect(layout.peakInBytes == LayoutSolver().least(problem).peakInBytes, "\(problem)")
      #expect(layout.isOptimal)
    }
  }

  /// An input of 10 rows of 8 bytes, each dead once it is read.
  private static let input = LayoutProblem.Buffer(
    sizeInBytes: 80, lifespans: [0..<10],
    extents: (0..<10).map { .init(times: $0..<$0 + 1, bytes: 8 * $0..<80) })

  /// An output of 10 rows of 4 bytes that runs into the input's dead rows, one row behind at first.
  @Test(arguments: [(1, 4), (8, 8)]) func growsIntoDeadRows(_ alignment: Int, _ distance: Int) {
    let output = LayoutProblem.Buffer(
      sizeInBytes: 40, lifespans: [0..<12],
      extents: (0..<10).map { .init(times: $0..<$0 + 1, bytes: 0..<4 * $0 + 4) }
        + [.init(times: 10..<12, bytes: 0..<40)])
    let problem = LayoutProblem(buffers: [Self.input, output], alignment: alignment)
    #expect(problem.lowerBound.bytes == 84)
    #expect(problem.lowerBound.time == 0)
    let layout = LayoutSolver().least(problem)
    #expect(layout.offsets == [distance, 0])
    #expect(layout.peakInBytes == 80 + distance)
    #expect(layout.isOptimal)
  }

  /// A ring of 30 bytes whose first time is `start`, when `8 * start` bytes of the input are dead.
  @Test(arguments: [(0, 110), (1, 102), (2, 94), (3, 86), (4, 80), (9, 80)])
  func ringInDeadRows(_ start: Int, _ peak: Int) {
    let ring = LayoutProblem.Buffer(sizeInBytes: 30, lifespans: [start..<10])
    let problem = LayoutProblem(buffers: [ring, Self.input])
    let layout = LayoutSolver().least(problem)
    #expect(layout.peakInBytes == peak)
    #expect(layout.isOptimal)
    #expect(LayoutReference.clash(layout.offsets, problem) == nil)
  }

  /// The checks above refuse layouts that are not legal.
  @Test func clashesAreFound() {
    let ring = LayoutProblem.Buffer(sizeInBytes: 30, lifespans: [3..<10])
    let problem = LayoutProblem(buffers: [ring, Self.input])
    #expect(LayoutReference.violations([0, 6], problem).isEmpty)
    #expect(LayoutReference.clash([0, 6], problem) == nil)
    #expect(LayoutReference.violations([0, 5], problem) == [.tooClose(0, 1)])
    #expect(LayoutReference.clash([0, 5], problem) ?? (0, 0) == (3, 29))
  }

  /// The buffers below each other go round in a circle, so that there is no exact search.
  @Test func circle() {
    func buffer(_ size: Int, _ parts: (time: Int, byte: Int)...) -> LayoutProblem.Buffer {
      .init(
        sizeInBytes: size, lifespans: parts.map { $0.time..<$0.time + 1 },
        extents: parts.map { .init(times: $0.time..<$0.time + 1, bytes: $0.byte..<$0.byte + 1) })
    }
    let problem = LayoutProblem(buffers: [
      buffer(6, (0, 4), (1, 0)), buffer(2, (0, 0), (1, 1)), buffer(2, (0, 1), (1, 0)),
      buffer(5, (0, 2)), buffer(3, (1, 0)),
    ])
    #expect(LayoutSolver(nodeLimit: 0).least(problem).peakInBytes == 9)
    let layout = LayoutSolver(nodeLimit: 1000).least(problem)
    #expect(layout.peakInBytes == 8 && layout.lowerBound == 6)
    #expect(layout.searchedNodes <= 1000)
    expectLegal(layout, problem)
    #expect(LayoutReference.leastPeak(problem) == 8)
  }

  /// An input that dies, an output that grows, and many rings between them.
  @Test(arguments: [1, 16]) func manyRings(_ alignment: Int) {
    var generator = SplitMix64(seed: 1)
    let (rows, row) = (60, 96)
    let shapes = [
      LayoutProblem.Buffer(
        sizeInBytes: rows * row, lifespans: [0..<rows],
        extents: (0..<rows).map { .init(times: $0..<$0 + 1, bytes: $0 * row..<rows * row) }),
      .init(
        sizeInBytes: rows * 40, lifespans: [20..<rows + 1],
        extents: (20...rows).map {
          .init(times: $0..<$0 + 1, bytes: 0..<rows * 40 * ($0 - 19) / (rows - 19))
        }),
    ]
    let rings = (0..<40).map { ring in
      LayoutProblem.Buffer(
        sizeInBytes: Int.random(in: 1...300, using: &generator),
        lifespans: [ring..<Int.random(in: ring + 5...rows, using: &generator)])
    }
    let problem = LayoutProblem(buffers: shapes + rings, alignment: alignment)
    #expect(problem.fault == nil)
    let greedy = LayoutSolver(nodeLimit: 0).least(problem)
    let layout = LayoutSolver(nodeLimit: 300).least(problem)
    #expect(layout.peakInBytes < greedy.peakInBytes)
    #expect(layout.searchedNodes <= 300)
    #expect(layout == LayoutSolver(nodeLimit: 300).least(problem))
    expectLegal(greedy, problem)
    expectLegal(layout, problem)
  }

  /// Extents of a buffer of 8 bytes that is live during 0..<2, 2..<4 and 6..<8.
  private static func buffer(
    _ extents: [(times: Range<Int>, bytes: Range<Int>)], size: Int = 8
  ) -> LayoutProblem {
    LayoutProblem(buffers: [
      .init(
        sizeInBytes: size, lifespans: [0..<2, 2..<4, 6..<8],
        extents: extents.map { .init(times: $0.times, bytes: $0.bytes) })
    ])
  }

  @Test(arguments: [
    [(0..<4, 0..<8), (6..<8, 7..<8)],
    [(0..<1, 0..<1), (1..<3, 4..<8), (3..<4, 0..<8), (6..<8, 0..<8)],
  ]) func soundExtents(_ extents: [(Range<Int>, Range<Int>)]) {
    #expect(Self.buffer(extents).fault == nil)
  }

  @Test(arguments: [
    [(0..<4, 0..<8)], [(0..<8, 0..<8)], [(0..<4, 0..<8), (6..<9, 0..<8)],
    [(0..<3, 0..<8), (2..<4, 0..<8), (6..<8, 0..<8)], [(6..<8, 0..<8), (0..<4, 0..<8)],
    [(0..<4, 0..<8), (6..<6, 0..<8), (6..<8, 0..<8)], [(0..<4, 0..<9), (6..<8, 0..<8)],
    [(0..<4, -1..<8), (6..<8, 0..<8)], [(0..<4, 3..<3), (6..<8, 0..<8)],
  ]) func faultyExtents(_ extents: [(Range<Int>, Range<Int>)]) {
    let problem = Self.buffer(extents)
    #expect(problem.fault == .badExtents(buffer: 0, found: problem.buffers[0].extents))
    #expect(problem.fault?.description.hasPrefix("buffer 0: extents: expected") == true)
  }

  /// Fixed buffers may overlap where one of them is dead.
  @Test(arguments: [(5, 0, false), (4, 0, true), (5, 1, true), (5, 72, true), (4, 80, false)])
  func fixedInDeadRows(_ start: Int, _ offset: Int, _ overlaps: Bool) {
    var input = Self.input
    input.fixedOffset = 0
    let problem = LayoutProblem(buffers: [
      input, .init(sizeInBytes: 40, lifespans: [start..<9], fixedOffset: offset),
    ])
    let faults: [LayoutFault] = [
      .fixedOverlap(buffer: 0, other: 1), .fixedOverlap(buffer: 1, other: 0),
    ]
    #expect(problem.fault.map(faults.contains) ?? false == overlaps)
    #expect(overlaps || LayoutSolver().least(problem).isOptimal)
  }
}

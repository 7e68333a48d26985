import Planning
import Tensor
import Testing

@Suite struct LayoutSolverTests {
  /// Every layout is legal, the least peak is that of trying all offsets, and it is proved.
  @Test(arguments: 0..<20 as Range<UInt64>) func smallProblems(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<30 {
      let problem = LayoutProblem.random(using: &generator)
      let least = LayoutReference.leastPeak(problem)
      let layout = LayoutSolver().least(problem)
      expectLegal(layout, problem)
      #expect(layout.peakInBytes == least && layout.isOptimal, "\(problem)")
      #expect(problem.lowerBound.bytes <= least, "\(problem)")
      expectVerdicts(problem, least: least)
    }
  }

  private func expectVerdicts(_ problem: LayoutProblem, least: Int) {
    if case .fits(let layout) = LayoutSolver().fit(problem, capacity: least) {
      expectLegal(layout, problem)
      #expect(layout.peakInBytes <= least)
    } else {
      Issue.record("expected a layout in \(least) bytes of \(problem)")
    }
    guard least > 0 else { return }
    if case .doesNotFit(let layout) = LayoutSolver().fit(problem, capacity: least - 1) {
      expectLegal(layout, problem)
    } else {
      Issue.record("expected no layout in \(least - 1) bytes of \(problem)")
    }
  }

  private func expectLegal(_ layout: Layout, _ problem: LayoutProblem) {
    let violations = LayoutReference.violations(layout.offsets, problem)
    #expect(violations.isEmpty, "\(problem)")
    #expect(layout.peakInBytes == LayoutReference.peak(layout.offsets, problem))
    #expect(layout.lowerBound <= layout.peakInBytes)
  }

  /// Sizes of which each is live together with the next.
  @Test(arguments: [
    ([1, 20, 6, 4, 8, 1], 26), ([5, 3, 2, 4], 8),
    ([6_000_000, 6_000_001, 2_000_000, 1], 12_000_001),
  ]) func chains(_ sizes: [Int], _ peak: Int) {
    let problem = LayoutProblem(
      buffers: sizes.enumerated().map { .init(sizeInBytes: $1, lifespans: [$0..<$0 + 2]) })
    #expect(LayoutSolver().least(problem).peakInBytes == peak)
  }

  /// One result that two operators read, whose results a fourth adds.
  @Test func diamond() {
    let problem = LayoutProblem(buffers: [
      .init(sizeInBytes: 5, lifespans: [0..<3]), .init(sizeInBytes: 10, lifespans: [1..<4]),
      .init(sizeInBytes: 5, lifespans: [2..<4]), .init(sizeInBytes: 12, lifespans: [3..<5]),
    ])
    #expect(problem.lowerBound.bytes == 27)
    #expect(problem.lowerBound.time == 3)
    #expect(LayoutSolver().least(problem).peakInBytes == 27)
  }

  /// A result that starts 2 bytes below the operand that it overwrites saves 6 of its 8.
  @Test func spacing() {
    var problem = LayoutProblem(
      buffers: [
        .init(sizeInBytes: 8, lifespans: [1..<3]), .init(sizeInBytes: 8, lifespans: [0..<2]),
      ],
      spacings: [.init(below: 0, above: 1, distance: 2)])
    let layout = LayoutSolver().least(problem)
    #expect(layout.offsets == [0, 2])
    #expect(layout.peakInBytes == 10)
    problem.spacings = []
    #expect(LayoutSolver().least(problem).peakInBytes == 16)
  }

  /// Without a search there is still a legal layout, and the proved bound.
  @Test(arguments: 20..<24 as Range<UInt64>) func withoutSearch(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let problem = LayoutProblem.random(using: &generator)
      let layout = LayoutSolver(nodeLimit: 0).least(problem)
      expectLegal(layout, problem)
      #expect(layout.searchedNodes == 0)
      if case .fits = LayoutSolver(nodeLimit: 0).fit(problem, capacity: layout.lowerBound) {
        #expect(layout.isOptimal)
      }
    }
  }

  /// Where each buffer meets all others, they are stacked; that many pairs are not looked at.
  @Test func manyNeighbours() {
    let buffers = (0..<6_000).map { index in
      LayoutProblem.Buffer(sizeInBytes: 1 + index % 7, lifespans: [index..<index + 10_000])
    }
    let layout = LayoutSolver().least(LayoutProblem(buffers: buffers))
    #expect(layout.isOptimal)
    #expect(layout.peakInBytes == buffers.reduce(0) { $0 + $1.sizeInBytes })
  }

  @Test func nothing() {
    let layout = LayoutSolver().least(LayoutProblem(buffers: []))
    #expect(layout.offsets.isEmpty && layout.peakInBytes == 0 && layout.isOptimal)
  }

  /// The check above refuses layouts that are not legal.
  @Test func violationsAreFound() {
    let buffers = [
      LayoutProblem.Buffer(sizeInBytes: 4, lifespans: [0..<2]),
      .init(sizeInBytes: 4, lifespans: [1..<3]),
      .init(sizeInBytes: 4, lifespans: [2..<4], fixedOffset: 2),
    ]
    let problem = LayoutProblem(buffers: buffers, alignment: 4)
    #expect(LayoutReference.violations([0, 8, 2], problem) == [])
    #expect(LayoutReference.violations([0, 3, 2], problem).contains(.tooClose(0, 1)))
    #expect(LayoutReference.violations([0, 9, 2], problem) == [.unaligned(1)])
    #expect(LayoutReference.violations([-4, 8, 2], problem) == [.negative(0)])
    #expect(LayoutReference.violations([0, 8, 0], problem) == [.moved(2)])
  }
}

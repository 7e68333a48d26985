import Planning
import Testing

@Suite struct OrderProblemTests {
  typealias Value = OrderProblem.Value
  typealias Step = OrderProblem.Step
  typealias Overlay = OrderProblem.Overlay

  /// Two values are there first, one of them for nothing; a result is dropped, one is kept.
  @Test func countsWhatIsLive() throws {
    let problem = try OrderProblem(
      values: [
        Value(sizeInBytes: 100, producer: nil), Value(sizeInBytes: 1000, producer: nil),
        Value(sizeInBytes: 10, producer: 0), Value(sizeInBytes: 3, producer: 0),
        Value(sizeInBytes: 20, producer: 1, isKept: true), Value(sizeInBytes: 1, producer: 2),
      ],
      steps: [
        Step(inputs: [0, 0]), Step(inputs: [2], scratchInBytes: 500), Step(inputs: [0, 2]),
      ])
    #expect(try problem.liveBytes(of: [0, 1, 2]) == [1100, 113, 630, 131])
    #expect(try problem.liveBytes(of: [0, 2, 1]) == [1100, 113, 111, 530])
    #expect(try problem.peak(of: [0, 2, 1]) == 1100)
  }

  /// A saving is bounded by the operands that die, by the result, and by the distance.
  @Test(arguments: [
    ([Overlay(result: 2, operand: 0)], false, 50),
    ([Overlay(result: 2, operand: 0, distance: 25)], false, 55),
    ([Overlay(result: 2, operand: 0), Overlay(result: 2, operand: 1)], false, 40),
    ([Overlay(result: 2, operand: 0, distance: 30)], false, 60),
    ([Overlay(result: 2, operand: 0, distance: 99)], false, 60),
    ([Overlay(result: 2, operand: 0)], true, 60),
    ([Overlay(result: 2, operand: 0), Overlay(result: 3, operand: 0)], false, 50),
  ]) func savesWhatOverlays(_ overlays: [Overlay], _ isKept: Bool, _ expected: Int) throws {
    let problem = try OrderProblem(
      values: [
        Value(sizeInBytes: 10, producer: nil, isKept: isKept),
        Value(sizeInBytes: 10, producer: nil), Value(sizeInBytes: 30, producer: 0),
        Value(sizeInBytes: 10, producer: 0),
      ],
      steps: [Step(inputs: [1, 0], overlays: overlays)])
    #expect(try problem.liveBytes(of: [0]) == [20, expected])
  }

  /// An operand that a later step reads saves nothing yet.
  @Test func savesAtTheLastReaderOnly() throws {
    let problem = try OrderProblem(
      values: [
        Value(sizeInBytes: 10, producer: nil), Value(sizeInBytes: 10, producer: 0),
        Value(sizeInBytes: 10, producer: 1),
      ],
      steps: [
        Step(inputs: [0], overlays: [Overlay(result: 1, operand: 0)]),
        Step(inputs: [0], overlays: [Overlay(result: 2, operand: 0)]),
      ])
    #expect(try problem.liveBytes(of: [0, 1]) == [10, 20, 10])
    #expect(try problem.liveBytes(of: [1, 0]) == [10, 20, 10])
  }

  @Test(
    arguments: [
      ([0, 1], .notEachStepOnce(stepCount: 3, found: [0, 1])),
      ([0, 1, 1], .notEachStepOnce(stepCount: 3, found: [0, 1, 1])),
      ([0, 1, 3], .notEachStepOnce(stepCount: 3, found: [0, 1, 3])),
      ([1, 0, 2], .tooEarly(step: 1, predecessor: 0)),
      ([0, 2, 1], .tooEarly(step: 2, predecessor: 1)),
    ] as [([Int], OrderProblemError)])
  func refusesWhatIsNoOrder(_ order: [Int], _ error: OrderProblemError) throws {
    let problem = try OrderProblem(
      values: [Value(sizeInBytes: 1, producer: 0)],
      steps: [Step(inputs: []), Step(inputs: [0]), Step(inputs: [], after: [1])])
    try problem.check([0, 1, 2])
    #expect(throws: error) { try problem.check(order) }
    #expect(throws: error) { try problem.peak(of: order) }
    #expect(throws: error) { try OrderSearch().least(problem, given: order) }
  }

  @Test(
    arguments: [
      (
        [Value(sizeInBytes: 1, producer: 1)], [Step(inputs: [])],
        .badProducer(value: 0, found: 1, stepCount: 1)
      ),
      ([], [Step(inputs: [0])], .badInput(step: 0, found: 0, valueCount: 0)),
      ([], [Step(inputs: [], after: [-1])], .badAfter(step: 0, found: -1, stepCount: 1)),
      ([Value(sizeInBytes: -1, producer: nil)], [], .negative(.value(0), found: -1)),
      ([], [Step(inputs: [], scratchInBytes: -2)], .negative(.scratch(step: 0), found: -2)),
      (
        [Value(sizeInBytes: 1, producer: nil), Value(sizeInBytes: .max, producer: nil)], [],
        .tooLarge
      ),
      (
        [Value(sizeInBytes: 1, producer: nil)],
        [Step(inputs: [0], overlays: [Overlay(result: 0, operand: 0)])],
        .overlayOfOtherResult(step: 0, found: 0)
      ),
      (
        [Value(sizeInBytes: 1, producer: 0)],
        [Step(inputs: [], overlays: [Overlay(result: 0, operand: 0)])],
        .overlayOnOtherOperand(step: 0, found: 0)
      ),
      (
        [Value(sizeInBytes: 1, producer: nil), Value(sizeInBytes: 1, producer: 0)],
        [Step(inputs: [0], overlays: [Overlay(result: 1, operand: 0, distance: -1)])],
        .negative(.distance(step: 0), found: -1)
      ),
      ([Value(sizeInBytes: 1, producer: 0)], [Step(inputs: [0])], .cycle([0])),
      (
        [Value(sizeInBytes: 1, producer: 2)],
        [Step(inputs: [0]), Step(inputs: [], after: [0]), Step(inputs: [], after: [1])],
        .cycle([1, 2, 0])
      ),
    ] as [([Value], [Step], OrderProblemError)])
  func refusesWhatIsNoProblem(
    _ values: [Value], _ steps: [Step], _ error: OrderProblemError
  ) {
    #expect(throws: error) { try OrderProblem(values: values, steps: steps) }
    #expect(!error.description.isEmpty)
  }

  /// A long cycle ends the check, and its steps are named in order.
  @Test func findsALongCycle() throws {
    let count = 20_000
    let steps = (0..<count).map { Step(inputs: [], after: [($0 + count - 1) % count]) }
    let error = #expect(throws: OrderProblemError.self) {
      try OrderProblem(values: [], steps: steps)
    }
    guard case .cycle(let cycle) = error else {
      Issue.record("expected a cycle")
      return
    }
    #expect(cycle.count == count)
    #expect(zip(cycle, cycle.dropFirst()).allSatisfy { ($0 + 1) % count == $1 })
  }
}

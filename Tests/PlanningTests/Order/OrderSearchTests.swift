import Planning
import Tensor
import Testing

@Suite struct OrderSearchTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func findsTheLeastPeakOfAllOrders(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for round in 0..<100 {
      let problem = try OrderFixture.random(
        steps: 1 + round % 10, overlays: round % 3 > 0, using: &generator)
      let given = OrderFixture.randomOrder(problem, using: &generator)
      let found = try OrderSearch().least(problem, given: given)
      let least = BruteForce(problem).leastOverSets
      try #require(found.peakInBytes == least, "\(problem)")
      #expect(found.isOptimal)
      #expect(try problem.peak(of: found.steps) == least)
      if try problem.peak(of: given) == least { #expect(found.steps == given) }
      if problem.steps.count < 7 { #expect(BruteForce(problem).leastOverOrders == least) }
    }
  }

  /// Within small limits the order is valid, and the bound holds.
  @Test(arguments: [0, 1, 4, 16, 64]) func keepsToItsBoundWithinLimits(_ limit: Int) throws {
    var generator = SplitMix64(seed: 1)
    for round in 0..<200 {
      let problem = try OrderFixture.random(steps: 4 + round % 7, using: &generator)
      let given = OrderFixture.randomOrder(problem, using: &generator)
      let search = OrderSearch(
        stateLimit: limit, beamWidth: 1 + round % 2, stepLimit: round % 5 == 0 ? 3 : 1000)
      let found = try search.least(problem, given: given)
      let least = BruteForce(problem).leastOverSets
      #expect(try problem.peak(of: found.steps) == found.peakInBytes)
      #expect(found.lowerBound <= least && least <= found.peakInBytes)
      #expect(try found.peakInBytes <= problem.peak(of: given))
    }
  }

  @Test func hasNothingToSearch() throws {
    let empty = try OrderProblem(
      values: [
        OrderProblem.Value(sizeInBytes: 5, producer: nil),
        OrderProblem.Value(sizeInBytes: 7, producer: nil, isKept: true),
      ], steps: [])
    let found = try OrderSearch().least(empty, given: [])
    #expect(found.steps.isEmpty && found.peakInBytes == 12 && found.isOptimal)
    #expect(throws: OrderProblemError.notEachStepOnce(stepCount: 0, found: [0])) {
      try OrderSearch().least(empty, given: [0])
    }
  }

  @Test func isDeterministic() throws {
    var generator = SplitMix64(seed: 9)
    for round in 0..<20 {
      let problem = try OrderFixture.random(steps: 20 + round, using: &generator)
      let given = OrderFixture.randomOrder(problem, using: &generator)
      for search in [OrderSearch(), OrderSearch(stateLimit: 30)] {
        #expect(
          try search.least(problem, given: given) == search.least(problem, given: given))
      }
    }
  }

  /// A step that fits is not always free: it may leave more live for a later, larger one.
  @Test func doesNotRunWhateverFits() throws {
    let problem = try OrderFixture.network([(5, []), (1, []), (19, [1]), (1, [2])])
    let found = try OrderSearch().least(problem, given: [0, 1, 2, 3])
    #expect(try problem.peak(of: [0, 1, 2, 3]) == 25)
    #expect(found.steps == [1, 2, 3, 0] && found.peakInBytes == 20 && found.isOptimal)
  }

  /// A step that leaves less live is not always free: it may need more now than later.
  @Test func doesNotRunWhateverFrees() throws {
    let problem = try OrderProblem(
      values: [
        OrderProblem.Value(sizeInBytes: 10, producer: nil),
        OrderProblem.Value(sizeInBytes: 30, producer: nil),
        OrderProblem.Value(sizeInBytes: 2, producer: 0, isKept: true),
        OrderProblem.Value(sizeInBytes: 1, producer: 1, isKept: true),
      ],
      steps: [
        OrderProblem.Step(inputs: [0], scratchInBytes: 20), OrderProblem.Step(inputs: [1]),
      ])
    let found = try OrderSearch().least(problem, given: [0, 1])
    #expect(try problem.peak(of: [0, 1]) == 62)
    #expect(found.steps == [1, 0] && found.peakInBytes == 41 && found.isOptimal)
  }

  /// Where savings depend on which operand dies, a set of least live bytes splits nothing.
  ///
  /// After steps 1 and 0 nothing is live, yet step 0 has to come last: only then does its second
  /// operand die, on which its result may start at no distance.
  @Test func doesNotSplitWhereSavingsAreUneven() throws {
    let problem = try OrderProblem(
      values: [
        OrderProblem.Value(sizeInBytes: 14, producer: nil),
        OrderProblem.Value(sizeInBytes: 0, producer: 1),
        OrderProblem.Value(sizeInBytes: 31, producer: 0),
        OrderProblem.Value(sizeInBytes: 5, producer: 0),
        OrderProblem.Value(sizeInBytes: 18, producer: 2),
      ],
      steps: [
        OrderProblem.Step(
          inputs: [0, 1],
          overlays: [
            OrderProblem.Overlay(result: 3, operand: 0, distance: 2),
            OrderProblem.Overlay(result: 3, operand: 1, distance: 0),
          ]), OrderProblem.Step(inputs: []), OrderProblem.Step(inputs: [1]),
      ])
    #expect(try problem.peak(of: [1, 0, 2]) == 47)
    let found = try OrderSearch().least(problem, given: [1, 0, 2])
    #expect(found.steps == [1, 2, 0] && found.peakInBytes == 45 && found.isOptimal)
  }
}

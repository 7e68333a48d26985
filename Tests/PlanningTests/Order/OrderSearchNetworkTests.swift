import Planning
import Tensor
import Testing

/// Graphs with names, and graphs of the size of networks: each has a proved best order.
@Suite struct OrderSearchNetworkTests {
  /// Three chains of three, where schedulers that count a shared value per reader end at 34.
  @Test func theDiamondOfThreeChains() throws {
    let problem = try OrderFixture.diamond(
      source: 10, chains: [[7, 8, 9], [6, 5, 7], [10, 9, 8]], join: 3)
    let found = try OrderSearch().least(problem, given: OrderFixture.firstOrder(problem))
    #expect(found.peakInBytes == 30 && found.isOptimal)
    #expect(BruteForce(problem).leastOverOrders == 30)
    #expect(try problem.peak(of: OrderFixture.firstOrder(problem)) == 36)
  }

  @Test func parallelChains() throws {
    let chains = [[Int]](repeating: [Int](repeating: 100, count: 10), count: 4)
    let problem = try OrderFixture.chains(chains)
    let found = try OrderSearch().least(problem, given: OrderFixture.firstOrder(problem))
    #expect(found.peakInBytes == 500 && found.isOptimal)
  }

  @Test(arguments: [5, 9, 16, 25]) func aSplitBetweenChains(_ count: Int) throws {
    try expectProof { generator in
      try OrderFixture.split(chains: count, using: &generator)
    }
  }

  @Test(arguments: [2, 3]) func nestedDiamonds(_ depth: Int) throws {
    try expectProof { generator in
      var network = OrderFixture.Network(using: &generator)
      let source = network.add(10, after: [])
      _ = network.nest(depth: depth, after: source)
      return try network.problem()
    }
  }

  @Test func randomGraphs() throws {
    var generator = SplitMix64(seed: 1)
    for round in 0..<1000 {
      let problem = try OrderFixture.randomNetwork(
        steps: 8 + round % 9, density: 1 + round % 4, using: &generator)
      let given = OrderFixture.randomOrder(problem, using: &generator)
      #expect(try OrderSearch().least(problem, given: given).isOptimal)
    }
  }

  @Test(arguments: OrderFixture.Family.allCases)
  func networks(_ family: OrderFixture.Family) throws {
    try expectProof { generator in
      var network = OrderFixture.Network(using: &generator)
      network.add(family, steps: 300)
      return try network.problem()
    }
  }

  /// Whatever order is given, the same least peak is proved.
  private func expectProof(
    _ problem: (inout SplitMix64) throws -> OrderProblem
  ) throws {
    for seed in 0..<3 as Range<UInt64> {
      var generator = SplitMix64(seed: seed)
      let problem = try problem(&generator)
      let first = OrderFixture.firstOrder(problem)
      let random = OrderFixture.randomOrder(problem, using: &generator)
      let found = try OrderSearch().least(problem, given: first)
      let other = try OrderSearch().least(problem, given: random)
      #expect(found.isOptimal && other.isOptimal)
      #expect(found.peakInBytes == other.peakInBytes)
      #expect(try problem.peak(of: found.steps) == found.peakInBytes)
      #expect(try problem.peak(of: other.steps) == found.peakInBytes)
    }
  }
}

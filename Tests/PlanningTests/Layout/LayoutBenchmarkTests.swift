import Planning
import Testing

/// Problems of minimalloc's, which first fit does not solve.
@Suite struct LayoutBenchmarkTests {
  @Test(arguments: [("A", 1_048_576), ("C", 1_039_360), ("H", 1_048_576)])
  func fitsAtTheBound(_ name: String, _ peak: Int) throws {
    let problem = try LayoutFixture.problem(name)
    let layout = LayoutSolver(nodeLimit: 20_000).least(problem)
    #expect(layout.isOptimal)
    #expect(layout.peakInBytes == peak)
    #expect(LayoutReference.violations(layout.offsets, problem).isEmpty)
    let greedy = LayoutSolver(nodeLimit: 0).least(problem)
    #expect(greedy.peakInBytes > peak && greedy.lowerBound == peak)
    guard case .doesNotFit = LayoutSolver().fit(problem, capacity: peak - 1) else {
      Issue.record("expected no layout below the bound")
      return
    }
  }

  /// The limit ends the search, and what was found so far is a layout all the same.
  @Test func limit() throws {
    let problem = try LayoutFixture.problem("C")
    guard case .unknown(let layout) = LayoutSolver(nodeLimit: 50).fit(problem, capacity: 1_039_360)
    else {
      Issue.record("expected no answer within 50 nodes")
      return
    }
    #expect(layout.searchedNodes <= 52)
    #expect(LayoutReference.violations(layout.offsets, problem).isEmpty)
  }
}

import Graph
import Ops
import Tensor
import TestSupport
import Testing
import Verify

@Suite struct SampleTests {
  @Test func extremesComeFirst() throws {
    let graph = try GraphFixture.graph("keyword_spotter")
    let samples = Sample.standard(for: graph, random: 2, seed: 9)
    #expect(
      samples.map(\.name) == [
        "all lowest", "all highest", "all zero", "random 0 of seed 9", "random 1 of seed 9",
      ])
    for (sample, code) in zip(samples, [-128, 127, -22] as [Int8]) {
      #expect(sample.inputs == [Bytes(copying: [Int8](repeating: code, count: 490))])
    }
  }

  @Test func oneSeedIsOneSequence() throws {
    let graph = try GraphFixture.graph("residual_block")
    func inputs(_ count: Int, _ seed: UInt64) -> [[Bytes]] {
      Sample.standard(for: graph, random: count, seed: seed).map(\.inputs)
    }
    #expect(inputs(4, 1) == inputs(4, 1))
    #expect(inputs(2, 1) == Array(inputs(4, 1).prefix(5)))
    #expect(inputs(1, 1)[3] != inputs(1, 2)[3])
    #expect(inputs(2, 1)[3] != inputs(2, 1)[4])
  }

  @Test func randomCodesReachBothEnds() throws {
    let graph = try GraphFixture.graph("residual_block")
    let codes = Set(
      Sample.standard(for: graph, random: 4, seed: 0).dropFirst(3)
        .flatMap { $0.inputs[0].elements(of: Int8.self) })
    #expect(codes.count == 256)
  }

  @Test func everyInputHasItsOwnValue() throws {
    var builder = GraphBuilder()
    let left = try builder.input([1, 3])
    let right = try builder.input([1, 3])
    let sum = try builder.add(left, right)
    let samples = Sample.standard(
      for: try builder.graph(outputs: [sum]), random: 1, seed: 0)
    #expect(samples.allSatisfy { $0.inputs.map(\.count) == [3, 3] })
    #expect(samples[3].inputs[0] != samples[3].inputs[1])
  }
}

import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec
import Verify

/// The chance of an accident, counted by hand.
@Suite struct FingerprintCensusTests {
  /// An input of 2x2x1, CONV_2D of one tap to 3 channels, and RESHAPE of its 12 elements.
  private static func graph() throws -> Graph {
    var builder = GraphBuilder(seed: 1)
    let map = try builder.convolution(
      try builder.input([1, 2, 2, 1]), channels: 3, window: [1, 1])
    let flat = try builder.reshape(map, to: [1, 12])
    return try builder.graph(outputs: [flat])
  }

  private func bound(_ identity: FieldKey.Identity) throws -> Double {
    let graph = try Self.graph()
    let executor = try Executor(PlanBinding(Plan.identity(graph, profile: .tflm), to: graph))
    return try SymbolicCheck.run(
      executor, reference: NetworkExecutor(graph, profile: .tflm), seed: 0, identity: identity
    ).falseAcceptBound
  }

  /// Three channels of 2 x 4 values, and 2 x 12 values of RESHAPE, which are taken for a function's.
  @Test func operatorsAndChannelsAreFunctions() throws {
    #expect(try bound(.operators) == Double(1 + 3 * 28 + 276) * 18 / 0x1p64)
  }

  @Test func operatorsOfTwoNetworksMayShareOne() throws {
    #expect(try bound(.parameters) == Double(1 + 48 * 47 / 2) * 18 / 0x1p64)
  }

  /// A recomputed row makes more pairs.
  @Test func tilesCountWhatTheyCompute() throws {
    let graph = try GraphFixture.graph("residual_block")
    let reference = try NetworkExecutor(graph, profile: .tflm)
    var plan = Plan.identity(graph, profile: .tflm)
    let once = try SymbolicCheck.run(
      Executor(PlanBinding(plan, to: graph)), reference: reference, seed: 0
    ).falseAcceptBound
    plan.steps.insert(plan.steps[0], at: 0)
    let twice = try SymbolicCheck.run(
      Executor(PlanBinding(plan, to: graph)), reference: reference, seed: 0
    ).falseAcceptBound
    #expect(twice > once)
  }
}

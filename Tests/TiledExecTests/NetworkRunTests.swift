import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec

/// The network itself, which plans are compared with.
@Suite struct NetworkRunTests {
  private static let graph = Result { try GraphFixture.graph("residual_block") }

  @Test func aTensorIsThereFromItsOperatorToItsLastReader() throws {
    let graph = try Self.graph.get()
    let recorded = try #require(
      try GraphRecording.cases(of: "residual_block", profile: "tflm").first)
    var run = try NetworkRun(
      NetworkExecutor(graph, profile: .tflm, isGuarded: true), inputs: recorded.inputs)
    let readers = graph.tensors.indices.map { tensor in
      graph.nodes.indices.filter { graph.nodes[$0].inputs.contains(tensor) }
    }
    while let op = run.performNextOperator() {
      for tensor in graph.inputs + graph.nodes.flatMap(\.outputs) {
        let isMade = graph.producers[tensor].map { $0 <= op } ?? true
        let isNeeded =
          graph.outputs.contains(tensor) || readers[tensor].contains { $0 >= op }
          || graph.producers[tensor] == op
        #expect((run.value(of: tensor) != nil) == (isMade && isNeeded), "\(tensor) after \(op)")
      }
    }
    #expect(run.outputs == recorded.outputs)
  }

  /// A chain of maps of 64 MiB needs two at a time, however long it is.
  @Test func aLongChainTakesTheMemoryOfItsLargestOperator() throws {
    var builder = GraphBuilder(seed: 1)
    var map = try builder.input([1, 4096, 4096, 4])
    for _ in 0..<8 { map = try builder.pool(map, window: [1, 1], stride: [1, 1]) }
    let graph = try builder.graph(outputs: [map])
    #expect(throws: Never.self) { try NetworkExecutor(graph, profile: .tflm) }
  }

  /// Two operands and a result of 128 MiB, with the pages around them.
  @Test func whatIsKeptSideBySideIsBounded() throws {
    var builder = GraphBuilder(seed: 1)
    let maps = try (0..<2).map { _ in try builder.input([1, 8192, 8192, 2]) }
    let sum = try builder.add(maps[0], maps[1])
    let graph = try builder.graph(outputs: [sum])
    let charged = 3 * ((1 << 27) + 8192)
    #expect(
      throws: ExecutionError.tooMuchAtOnce(op: 0, bytes: charged, limit: 1 << 28)
    ) { try NetworkExecutor(graph, profile: .tflm) }
  }
}

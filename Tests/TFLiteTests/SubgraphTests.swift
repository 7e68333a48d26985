import Graph
import Ops
import TFLite
import Tensor
import Testing

/// Subgraphs that operators run.
@Suite struct SubgraphTests {
  /// A truth value in, a truth value out: an IF whose branches are the subgraphs of these indices, or
  /// nothing.
  private static func subgraph(_ branches: [Int32]) -> FlatNode {
    let flag = ModelNodes.tensor([1], type: ModelNodes.bool, name: "flag")
    let choice = ModelNodes.operation(
      inputs: [0, 0], outputs: [1],
      adding: [
        0: .number(UInt32(0)), 3: .number(UInt8(92)),
        4: .table(
          Dictionary(uniqueKeysWithValues: branches.enumerated().map { ($0, .number($1)) })),
      ])
    return .table([
      0: .tables([flag, flag]), 1: .numbers([0] as [Int32]),
      2: .numbers([branches.isEmpty ? 0 : 1] as [Int32]),
      3: .tables(branches.isEmpty ? [] : [choice]), 4: .string("part"),
    ])
  }

  private static func model(_ branches: [[Int32]]) throws -> ImportedModel {
    let choice = FlatNode.table([0: .number(Int8(118)), 3: .number(Int32(118))])
    let file = FlatFile(
      ModelNodes.model(
        adding: [1: .tables([choice]), 2: .tables(branches.map(subgraph))]))
    return try ImportedModel(parsing: file.bytes)
  }

  private static func refusal(_ branches: [[Int32]]) throws -> OptionError? {
    guard case .options(node: 0, name: "IF", let error) = try model(branches).refusals.first
    else { return nil }
    return error
  }

  @Test func branchesAreRead() throws {
    let graph = try Self.model([[1, 2], [2, 2], []]).graph()
    let branches = graph.nodes[0].operation.routines
    #expect(branches.map(\.operatorCount) == [1, 0])
    #expect(branches.map(\.name) == ["part", "part"])
    #expect(branches[0].nodes[0].operation.routines == [branches[1], branches[1]])
    #expect(graph.nodes[0].signature.outputs == [TensorType(.bool, Shape(1))])
  }

  @Test func whatIsWrittenIsReadAsTheSameGraph() throws {
    let graph = try Self.model([[1, 2], [2, 2], []]).graph()
    let again = try ImportedModel(parsing: Bytes(copying: ModelWriter.bytes(of: graph)))
    #expect(again.model.subgraphs.count == 5)
    #expect(try again.graph().differences(from: graph) == [])
  }

  @Test(arguments: [-1, 2, .max] as [Int32]) func noSuchSubgraph(_ index: Int32) throws {
    let error = try #require(try Self.refusal([[1, index], []]))
    #expect(error.kind == .invalid && error.slot == 1)
    #expect(error.expected == "a subgraph, of which there are 2, not \(index)")
  }

  @Test(
    arguments: [[[0, 1], []], [[1, 1], [1, 1]], [[1, 1], [2, 2], [1, 1]]] as [[[Int32]]])
  func aSubgraphThatRunsItselfIsRefused(_ branches: [[Int32]]) throws {
    let error = try #require(try Self.refusal(branches))
    #expect(error.kind == .invalid)
    #expect(error.expected.contains("a subgraph that does not run itself"))
  }

  /// Each runs the next one; the last one nothing.
  private static func chain(_ count: Int32) -> [[Int32]] {
    (1..<count).map { [$0, count - 1] } + [[]]
  }

  @Test func manySubgraphsInsideEachOtherAreRefused() throws {
    #expect(try Self.refusal(Self.chain(16)) == nil)
    for count in [17, 40, 3000] as [Int32] {
      let error = try #require(try Self.refusal(Self.chain(count)))
      #expect(error.kind == .unsupported)
      #expect(error.expected.contains("at most 16 subgraphs inside each other"))
    }
  }

  /// Both branches of each are the next one: what runs grows exponentially.
  @Test func whatRunsIsCounted() throws {
    let doubling = { (count: Int32) in (1..<count).map { [$0, $0] } + [[]] }
    #expect(try Self.refusal(doubling(12)) == nil)
    let error = try #require(try Self.refusal(doubling(16)))
    #expect(error.kind == .unsupported)
    #expect(error.expected.contains("at most 16384 operators"))
  }

  @Test func whatIsRefusedInsideIsSaid() throws {
    let error = try #require(try Self.refusal([[1, 1], [2, 7], []]))
    #expect(
      error.expected.hasPrefix(
        "a sound subgraph; in subgraph 1: operator 0 (IF): option 1: expected a subgraph"))
  }

  @Test func aSubgraphNeedsItsOptions() throws {
    let error = try #require(try Self.refusal([[1], []]))
    #expect(error.slot == 1)
  }
}

import Graph
import Ops
import TFLite
import Tensor
import Testing

/// CIRCULAR_BUFFER, whose result is the variable in a file, and whose state is an operand in a graph.
@Suite struct CircularBufferModelTests {
  private static let custom = FlatNode.table([
    0: .number(Int8(32)), 1: .string("CIRCULAR_BUFFER"), 3: .number(Int32(32)),
  ])

  private static func model(
    cycles: Int64? = 1, isVariable: Bool = true, operators: [FlatNode]? = nil
  ) -> FlatFile {
    let quantization = ModelNodes.quantization([0.5], zeroPoints: [3])
    let options =
      cycles.map { FlexFile([(key: "cycles_max", value: .signed($0))]).content } ?? []
    return FlatFile(
      ModelNodes.model(
        tensors: .tables([
          ModelNodes.tensor([1, 1, 1, 2], name: "row", quantization: quantization),
          ModelNodes.tensor(
            [1, 5, 1, 2], name: "rows", quantization: quantization,
            adding: [5: .number(UInt8(isVariable ? 1 : 0))]),
        ]), operators: operators ?? [buffer(adding: [5: .numbers(options)])], inputs: [0],
        outputs: [1], adding: [1: .tables([custom])]))
  }

  private static func buffer(
    _ inputs: [Int32] = [0], _ outputs: [Int32] = [1], adding fields: [Int: FlatNode] = [:]
  ) -> FlatNode {
    ModelNodes.operation(inputs: inputs, outputs: outputs, adding: fields)
  }

  private func graph(_ file: FlatFile) throws -> Graph {
    try ImportedModel(parsing: file.bytes).graph()
  }

  /// One that does not say how often it lets a run go on has no map at all.
  @Test(arguments: [1, 0, nil] as [Int64?]) func itsResultIsAVariable(_ cycles: Int64?) throws {
    let graph = try graph(Self.model(cycles: cycles))
    #expect(graph.variables == [Variable(versions: [1, 2])])
    #expect(graph.nodes[0].inputs == [0, 1] && graph.nodes[0].outputs == [2])
    #expect(graph.modelOutputs == [2] && graph.outputs == [2, 2])
    #expect(graph.initialState == [Bytes(copying: [Int8](repeating: 3, count: 10))])
    let written = try ImportedModel(parsing: Bytes(copying: ModelWriter.bytes(of: graph)))
    #expect(written.model.subgraphs[0].operators[0].inputs == [0])
    #expect(written.model.subgraphs[0].operators[0].outputs == [1])
    #expect(try written.graph().differences(from: graph) == [])
  }

  /// Two that keep one buffer change it one after the other.
  @Test func aBufferMayBeFilledTwice() throws {
    let graph = try graph(Self.model(operators: [Self.buffer(), Self.buffer()]))
    #expect(graph.variables == [Variable(versions: [1, 2, 3])])
    #expect(graph.nodes.map(\.inputs) == [[0, 1], [0, 2]])
    let written = try ImportedModel(parsing: Bytes(copying: ModelWriter.bytes(of: graph)))
    #expect(try written.graph().differences(from: graph) == [])
  }

  private static let refused: [(file: FlatFile, reason: String)] = [
    (model(isVariable: false), "expected a variable tensor"),
    (model(cycles: 2), "supported cycles_max 1, not 2"),
    (model(operators: [buffer([0], [])]), "expected 2...2 operands"),
    (model(operators: [buffer([], [1])]), "expected 2...2 operands"),
    (model(operators: [buffer([0, 0])]), "expected a variable tensor"),
    (model(operators: [buffer([0, 1])]), "expected 2...2 operands"),
    (model(operators: [buffer([0], [0])]), "expected a variable tensor"),
  ]

  @Test(arguments: refused.indices) func refuses(_ index: Int) throws {
    let (file, reason) = Self.refused[index]
    let refusals = try ImportedModel(parsing: file.bytes).refusals
    #expect(refusals.contains { $0.description.contains(reason) }, "\(refusals)")
  }
}

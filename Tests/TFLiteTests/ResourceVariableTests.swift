import Graph
import Ops
import TFLite
import Tensor
import TestSupport
import TiledExec
import Testing

/// Variables that a model names by handles.
@Suite struct ResourceVariableTests {
  private static let resource: Int8 = 13
  private static let quantization = ModelNodes.quantization([0.5], zeroPoints: [3])

  private enum Code: UInt32, CaseIterable {
    case once = 129
    case handle = 142
    case read, assign
    case relu = 19

    var index: UInt32 { UInt32(Code.allCases.firstIndex(of: self) ?? 0) }
  }

  private static func operation(
    _ code: Code, _ inputs: [Int32], _ outputs: [Int32], options type: UInt8 = 0,
    _ options: [Int: FlatNode] = [:]
  ) -> FlatNode {
    ModelNodes.operation(
      inputs: inputs, outputs: outputs,
      adding: [0: .number(code.index), 3: .number(type), 4: .table(options)])
  }

  private static func handle(_ tensor: Int32, _ name: String = "counts") -> FlatNode {
    operation(.handle, [], [tensor], options: 111, [1: .string(name)])
  }

  private static func once(_ subgraph: Int32 = 1) -> FlatNode {
    operation(.once, [], [], options: 103, [0: .number(subgraph)])
  }

  private static func value(_ name: String, buffer: UInt32 = 0) -> FlatNode {
    ModelNodes.tensor([2], buffer: buffer, name: name, quantization: quantization)
  }

  private static let first = ModelNodes.tensor([], type: resource, name: "first")
  private static let second = ModelNodes.tensor([], type: resource, name: "second")

  /// Tensor 0 is the input, 1 and 2 are handles, 3 is what was read; a second subgraph has `initial`.
  private static func model(_ operators: [FlatNode], initial: [FlatNode]) throws -> ImportedModel {
    func subgraph(
      _ tensors: [FlatNode], _ operators: [FlatNode], inputs: [Int32], outputs: [Int32]
    ) -> FlatNode {
      .table([
        0: .tables(tensors), 1: .numbers(inputs), 2: .numbers(outputs), 3: .tables(operators),
        4: .string(""),
      ])
    }
    let codes = Code.allCases.map { code in
      FlatNode.table([0: .number(Int8(clamping: code.rawValue)), 3: .number(Int32(code.rawValue))])
    }
    let main = subgraph(
      [value("in"), first, second, value("out")], operators, inputs: [0], outputs: [3])
    let other = subgraph([first, value("constant", buffer: 1)], initial, inputs: [], outputs: [])
    let file = FlatFile(
      ModelNodes.model(
        buffers: [ModelNodes.buffer(), ModelNodes.buffer([7, 9])],
        adding: [1: .tables(codes), 2: .tables([main, other])]))
    return try ImportedModel(parsing: file.bytes)
  }

  private static let assignment = [handle(0), operation(.assign, [0, 1], [])]
  private static let operators = [
    once(), handle(1), operation(.read, [1], [3]), handle(2), operation(.assign, [2, 0], []),
  ]

  @Test func aVariableHoldsWhatIsAssigned() throws {
    let graph = try Self.model(Self.operators, initial: Self.assignment).graph()
    #expect(graph.nodes.map(\.operatorName) == ["READ_VARIABLE", "ASSIGN_VARIABLE"])
    #expect(
      graph.variables == [
        Variable(versions: [1, 4, 5], initial: Bytes(copying: [7, 9] as [UInt8]))
      ])
    #expect(graph.tensors[1].name == "first")
    #expect(graph.tensors[1].type == graph.tensors[0].type)
    let executor = try NetworkExecutor(graph, profile: .tflm)
    let input = Bytes(copying: [1, 2] as [UInt8])
    let outputs = try executor.run([input] + graph.initialState)
    #expect(outputs == [Bytes(copying: [7, 9] as [UInt8]), input])
    let next = try executor.run([input, outputs[1]])
    #expect(next[0] == input)
  }

  /// It starts at the zero point of what is assigned.
  @Test func aVariableNeedsNoInitialValue() throws {
    let graph = try Self.model(Array(Self.operators.dropFirst()), initial: []).graph()
    #expect(graph.initialState == [Bytes(copying: [3, 3] as [UInt8])])
  }

  @Test func whatIsWrittenIsReadAsTheSameGraph() throws {
    for dropped in 0...1 {
      let graph = try Self.model(
        Array(Self.operators.dropFirst(dropped)), initial: Self.assignment
      ).graph()
      let again = try ImportedModel(parsing: Bytes(copying: ModelWriter.bytes(of: graph)))
      #expect(try again.graph().differences(from: graph) == [])
      #expect(again.model.subgraphs.count == 2 - dropped)
    }
  }

  /// Each is refused, and says why.
  static let refused: [(operators: [FlatNode], initial: [FlatNode], reason: String)] = [
    (Array(operators.reversed()), assignment, "operand 0: expected a variable tensor"),
    ([handle(1), operation(.relu, [1], [3])], [], "elements of type resource"),
    ([handle(1), handle(1), operation(.read, [1], [3])], [], "expected no operand"),
    (
      [handle(1), operation(.read, [1], [3]), once()], assignment,
      "supported variables that no operator before has used"
    ),
    ([once(2)] + operators, assignment, "expected another subgraph"),
    ([once(0)] + operators, assignment, "expected another subgraph"),
    (operators, [operation(.relu, [1], [1])], "supported operators that assign constants"),
    (operators, [handle(0), operation(.assign, [0, 0], [])], "assign constants"),
    (
      [handle(1, String(repeating: "x", count: 2000))], [], "at most 1024 bytes, not 2000"
    ),
  ]

  @Test(arguments: refused.indices) func refuses(_ index: Int) throws {
    let (operators, initial, reason) = Self.refused[index]
    let refusals = try Self.model(operators, initial: initial).refusals
    #expect(refusals.contains { $0.description.contains(reason) }, "\(refusals)")
  }

  /// A variable with a handle is read by READ_VARIABLE alone.
  @Test func whatHasNoHandleIsNotWritten() throws {
    let graph = try Self.model(Self.operators, initial: Self.assignment).graph()
    func writes(_ nodes: [Graph.UnboundNode], outputs: [Int]) -> ModelWritingError? {
      do throws(ModelWritingError) {
        let other = try? Graph(
          tensors: graph.tensors, nodes: nodes, inputs: [0], outputs: outputs,
          variables: graph.variables, modelHash: "")
        if let other { _ = try ModelWriter.bytes(of: other) }
        return nil
      } catch { return error }
    }
    let nodes = graph.nodes.map {
      (operation: $0.operation, inputs: $0.inputs, outputs: $0.outputs)
    }
    #expect(writes(nodes, outputs: [3]) == nil)
    #expect(writes(nodes, outputs: [3, 5]) == .handle(tensor: 1, name: "first"))
  }

  @Test func anInitialValueHasTheBytesOfItsType() throws {
    let graph = try Self.model(Self.operators, initial: Self.assignment).graph()
    #expect(
      throws: GraphError.initialValue(tensor: 1, name: "first", found: 3, expected: 2)
    ) {
      try Graph(
        tensors: graph.tensors,
        nodes: graph.nodes.map {
          (operation: $0.operation, inputs: $0.inputs, outputs: $0.outputs)
        }, inputs: [0], outputs: [3],
        variables: [
          Variable(versions: [1, 4, 5], initial: Bytes(copying: [1, 2, 3] as [UInt8]))
        ], modelHash: "")
    }
  }
}

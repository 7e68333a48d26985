import Graph
import Ops
import Tensor
import TestSupport
import Testing

@Suite struct GraphTests {
  @Test(arguments: GraphErrorCase.all) func partsAreChecked(_ test: GraphErrorCase) throws {
    var parts = GraphErrorCase.Parts(try GraphFixture.graph("residual_block"))
    test.edit(&parts)
    var found: GraphError?
    do {
      _ = try parts.graph()
    } catch {
      found = error
    }
    #expect(found == test.error)
  }

  @Test func onlyWhatIsSoundMayBeUnsupported() {
    func error(_ kind: OperatorError.Kind) -> GraphError {
      .rejected(
        node: 3, operatorName: "ADD", OperatorError(kind, .operands, expected: "a", found: "b"))
    }
    #expect(error(.unsupported).isUnsupported)
    #expect(!error(.invalid).isUnsupported)
    #expect(!GraphError.noSuchTensor(node: nil, tensor: 1).isUnsupported)
    #expect(error(.invalid).description == "operator 3 (ADD): operands: expected a, found b")
    #expect(
      GraphError.noSuchTensor(node: nil, tensor: 1).description
        == "network: expected a tensor index, found 1")
  }

  /// 2^50 of each convolution: the sum of 1,024 is accepted, and that of one more is not.
  @Test func countsOfMACsDoNotOverflow() throws {
    let type = TensorType(
      .int8, Shape(1, 1 << 14, 1 << 14, 1), Quantization(scale: 1, zeroPoint: 0))
    let filter = GraphTensor(
      name: "filter",
      type: TensorType(.int8, Shape(1, 1 << 11, 1 << 11, 1), Quantization(scale: 1, zeroPoint: 0)),
      constant: Bytes(copying: [Int8](repeating: 1, count: 1 << 22)))
    let (family, builtin) = try #require(Catalog.operation(code: 3))
    let convolution = try family.init(
      builtin, options: OptionValues([1: .int32(1), 2: .int32(1)]))
    func graph(_ count: Int) throws(GraphError) -> Graph {
      try Graph(
        tensors: [filter] + (0...count).map { GraphTensor(name: "t\($0)", type: type) },
        nodes: (0..<count).map { (convolution, [$0 + 1, 0], [$0 + 2]) }, inputs: [1],
        outputs: [count + 1], modelHash: "hash")
    }
    #expect(try graph(1024).macs == Graph.largestMACs)
    #expect(throws: GraphError.tooManyMACs(node: 1024, operatorName: "CONV_2D")) {
      try graph(1025)
    }
  }

  @Test func whoMakesAndWhoReads() throws {
    let graph = try GraphFixture.graph("residual_block")
    #expect(graph.inputs == [0])
    #expect(graph.outputs == [14])
    #expect(
      graph.producers
        == [Int?](repeating: nil, count: 9) + [0, 1, 2, 3, 4, 5])
    #expect(graph.consumers[0] == [0, 2])
    #expect(graph.consumers[9] == [1])
    #expect(graph.consumers[14] == [])
    #expect(graph.whole(12) == Region([0..<1, 0..<8, 0..<6, 0..<8]))
    #expect(graph.modelHash == PlanFaultCase.hash)
  }

  @Test func aReaderOfBothOperandsIsOne() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 2, 2, 1])
    let sum = try builder.add(input, input)
    let graph = try builder.graph(outputs: [sum])
    #expect(graph.consumers[input] == [0])
  }

  @Test func multiplyAccumulates() throws {
    let spotter = try GraphFixture.graph("keyword_spotter")
    #expect(spotter.macs == 2_656_768)
    #expect(spotter.macs(of: 0) == 25 * 5 * 64 * 40)
    #expect(spotter.macs(of: 1) == 25 * 5 * 64 * 9)
    #expect(spotter.macs(of: 2) == 25 * 5 * 64 * 64)
    #expect(spotter.macs(of: 9) == 0)
    #expect(spotter.macs(of: 11) == 64 * 12)
    #expect(try GraphFixture.graph("residual_block").macs == 230_784)
  }

  @Test func longNamesAreCut() {
    func short(_ name: String) -> String {
      GraphTensor(name: name, type: TensorType(.int8, Shape(1))).shortName
    }
    #expect(short("a/b;c/d") == "a/b")
    #expect(short(String(repeating: "x", count: 40)) == String(repeating: "x", count: 40))
    #expect(
      short("y" + String(repeating: "x", count: 40)) == "…" + String(repeating: "x", count: 39))
    #expect(short("") == "")
  }
}

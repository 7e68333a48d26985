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

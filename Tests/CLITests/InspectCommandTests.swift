import Graph
import Tensor
import TestSupport
import Testing

@Suite struct InspectCommandTests {
  @Test(arguments: Fixtures.names) func whatIsInAModel(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    let run = try Tool.run("inspect", Fixtures.model(name), "--json")
    #expect(run.exitCode == 0)
    let output: InspectOutput = try run.json()
    #expect(output.model == name)
    #expect(output.hash == graph.modelHash)
    #expect(output.subgraphs == 1)
    #expect(output.macs == graph.macs)
    #expect(output.unsupported == [])
    #expect(output.inputs == graph.inputs)
    #expect(output.outputs == graph.outputs)
    #expect(output.operators.map(\.name) == graph.nodes.map(\.operatorName))
    #expect(output.operators.map(\.outputs) == graph.nodes.map(\.outputs))
    #expect(output.tensors.map(\.name) == graph.tensors.map(\.name))
    #expect(output.tensors.map(\.constantBytes) == graph.tensors.map { $0.constant?.count })
    #expect(output.tensors.map(\.shape) == graph.tensors.map(\.type.shape.extents))
    let text = try Tool.run("inspect", Fixtures.model(name))
    #expect(text.exitCode == 0)
    #expect(text.output.hasSuffix("Everything in it is supported.\n"))
  }
}

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
    #expect(output.unsupported.isEmpty)
    #expect(output.supportedOperators == nil)
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

  /// Each is listed, and so is what the file holds; operators that there are, are not called missing.
  @Test func severalRefusals() throws {
    let bench = try Workbench()
    var patch = OperatorCodePatch(try Workbench.bytes(of: Fixtures.model("residual_block")))
    // AVERAGE_POOL_2D becomes LSH_PROJECTION, DEPTHWISE_CONV_2D becomes RNN.
    let isPatched = patch.replace(1, by: 15) && patch.replace(4, by: 24)
    try #require(isPatched)
    let model = try bench.write("patched.tflite", patch.file)
    let run = try Tool.run("inspect", model, "--json")
    #expect(run.exitCode == 3)
    let output: InspectOutput = try run.json()
    #expect(output.unsupported.map(\.name) == ["RNN", "LSH_PROJECTION"])
    #expect(
      output.unsupported.compactMap(\.node).map { output.operators[$0].name }
        == ["RNN", "LSH_PROJECTION"])
    #expect(output.unsupported.allSatisfy { !$0.isSupported && $0.reason == "is not supported" })
    let supported = try #require(output.supportedOperators)
    #expect(supported.contains("CONV_2D"))
    #expect(Set(supported).isDisjoint(with: output.unsupported.map(\.name)))
    let text = try Tool.run("inspect", model)
    #expect(text.exitCode == 3)
    #expect(text.errors == "")
    #expect(text.output.contains("\nop  operator"))
    #expect(text.output.contains("\nNot supported:\n  operator "))
    #expect(text.output.contains(": LSH_PROJECTION is not supported\nSupported operators: "))
  }
}

import Graph
import Tensor
import TestSupport
import Testing

@Suite struct LintCommandTests {
  /// Lints a damaged model and returns the exit code and what was printed.
  private func lint(
    _ fixture: String, _ options: String..., damage: (inout OfflineModel, Graph) -> Void
  ) throws -> (Int32?, LintOutput) {
    let bench = try Workbench()
    var model =
      options.isEmpty
      ? try OfflineModel(fixture, in: bench)
      : try OfflineModel(fixture, in: bench, options[0], options[1])
    damage(&model, try GraphFixture.graph(fixture))
    let run = try Tool.run("lint", bench.write("damaged.tflite", model.file), "--json")
    return (run.exitCode, try run.json())
  }

  @Test(arguments: Fixtures.names) func whatIsWrittenIsSound(_ name: String) throws {
    let (code, output) = try lint(name) { _, _ in }
    #expect(code == 0)
    #expect(output.findings.isEmpty)
    let plan = try #require(output.plan)
    #expect(plan.offsets == (try GraphFixture.graph(name).tensors.count))
    #expect(plan.placed > 0 && plan.placed < plan.offsets)
  }

  @Test func aModelWithoutAPlan() throws {
    let run = try Tool.run("lint", Fixtures.model("keyword_spotter"))
    #expect(run.exitCode == 0)
    #expect(
      run.output == """
        model    keyword_spotter
        plan     none: nothing to check
        arena    16,000 bytes as its planner does it alone

        """)
  }

  /// Every tensor that is computed, moved onto another that is in use at the same time.
  @Test func overlaps() throws {
    let (code, output) = try lint("residual_block", "--in-place", "none") { model, graph in
      let node = graph.nodes[0]
      model[offsetOf: node.outputs[0]] = model[offsetOf: node.inputs[0] ?? 0]
    }
    #expect(code == 1)
    #expect(output.findings.contains { $0.kind == "overlap" && $0.tensors.count == 2 })
  }

  /// A result on an operand, where the operator allows it: said, and no finding.
  @Test func resultsOnOperands() throws {
    let (code, output) = try lint("residual_block") { _, _ in }
    #expect(code == 0)
    #expect(output.notes.count == 1)
    #expect(output.notes.allSatisfy { $0.hasPrefix("results on operands, as operators allow: t") })
  }

  @Test func aMisalignedOffset() throws {
    let (code, output) = try lint("keyword_spotter", "--in-place", "none") { model, graph in
      // The last result lies alone: moved up by 8 it overlaps nothing.
      model[offsetOf: graph.outputs[0]] = 20_008
    }
    #expect(code == 1)
    #expect(output.findings.map(\.kind) == ["misaligned"])
    #expect(output.arenaInBytes == 20_024)
  }

  @Test func anOffsetBelowTheArena() throws {
    let (code, output) = try lint("keyword_spotter") { model, graph in
      model[offsetOf: graph.inputs[0]] = -2
    }
    #expect(code == 1)
    #expect(output.findings.map(\.kind) == ["negative"])
    #expect(output.findings[0].tensors == (try GraphFixture.graph("keyword_spotter").inputs))
  }

  @Test func anOffsetPastAllBounds() throws {
    let (code, output) = try lint("keyword_spotter") { model, graph in
      model[offsetOf: graph.inputs[0]] = 0x7FFF_FFF0
    }
    #expect(code == 1)
    #expect(output.findings.map(\.kind) == ["too high"])
  }

  @Test func anOffsetOfAConstant() throws {
    let (code, output) = try lint("keyword_spotter") { model, graph in
      model[offsetOf: graph.tensors.firstIndex { $0.constant != nil } ?? 0] = 4
    }
    #expect(code == 0)
    #expect(output.notes.contains { $0.hasPrefix("offsets of constants") })
  }

  /// A count that is not that of the bytes makes the metadata unreadable.
  @Test(arguments: [-1, 0, 3, 0x7FFF_FFFF] as [Int32]) func anotherCount(_ count: Int32) throws {
    let bench = try Workbench()
    var model = try OfflineModel("keyword_spotter", in: bench)
    model[2] = count
    let run = try Tool.run("lint", bench.write("damaged.tflite", model.file))
    #expect(run.exitCode == 4)
    #expect(run.errors.contains("metadata OfflineMemoryAllocation: expected "))
  }

  /// Exit code 3 for what is not supported, 64 for what is not there.
  @Test func otherFailures() throws {
    let bench = try Workbench()
    var patch = OperatorCodePatch(try Workbench.bytes(of: Fixtures.model("residual_block")))
    let isPatched = patch.replace(4, by: 24)
    try #require(isPatched)
    #expect(try Tool.run("lint", bench.write("other.tflite", patch.file)).exitCode == 3)
    #expect(try Tool.run("lint", bench.path("none.tflite")).exitCode == 64)
    #expect(try Tool.run("lint", bench.write("text.tflite", "text")).exitCode == 4)
  }
}

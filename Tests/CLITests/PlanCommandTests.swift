import Graph
import Planning
import TestSupport
import Testing

@Suite struct PlanCommandTests {
  /// The plan that is written is the untiled one, and is verified as such.
  @Test func thePlanAsJSON() throws {
    let bench = try Workbench()
    let path = bench.path("plan.json")
    let model = Fixtures.model("residual_block")
    let run = try Tool.run("plan", model, "--output", path, "--json")
    #expect(run.exitCode == 0)
    let output: PlanOutput = try run.json()
    let plan = try Workbench.plan(at: path)
    #expect(plan.steps.count == output.steps && plan.peakInBytes == output.peakInBytes)
    #expect(output.files.map(\.path) == [path])
    #expect(output.arenaInBytes == nil)
    let measured = try Tool.run("measure", model, "--plan", path, "--json")
    #expect(try measured.json(MeasureOutput.self).measuredPeakInBytes == output.peakInBytes)
  }

  /// A tiling becomes a plan, but no offline one: TensorFlow Lite Micro runs operators whole.
  @Test func aTiling() throws {
    let bench = try Workbench()
    let graph = try GraphFixture.graph("residual_block")
    let tiling = try bench.write(
      "tiling.json",
      """
      { "format": "tilewright-tiling/1", "model_sha256": "\(graph.modelHash)",
        "groups": [ { "ops": [0, 1], "mode": "line" } ] }
      """)
    let model = Fixtures.model("residual_block")
    let json = try Tool.run("plan", model, "--tiling", tiling, "--output", bench.path("plan.json"))
    #expect(json.exitCode == 0, "\(json.errors)")
    #expect(try Workbench.plan(at: bench.path("plan.json")).steps.count > graph.nodes.count)
    let offline = try Tool.run(
      "plan", model, "--tiling", tiling, "--emit-offline", bench.path("out.tflite"), "--output",
      bench.path("other.json"))
    #expect(offline.exitCode == 3)
    #expect(offline.errors.contains("give a plan without tiles"))
    #expect(!bench.exists("out.tflite") && !bench.exists("other.json"))
  }

  /// A plan of one's own goes into the model as it is.
  @Test func aGivenPlan() throws {
    let bench = try Workbench()
    let model = Fixtures.model("residual_block")
    let path = bench.path("plan.json")
    #expect(
      try Tool.run("plan", model, "--in-place", "none", "--output", path).exitCode == 0)
    var plan = try Workbench.plan(at: path)
    // Everything 64 bytes higher, which measuring would call unused bytes, and no error.
    for index in plan.buffers.indices { plan.buffers[index].offset += 64 }
    let moved = try bench.write("moved.json", plan.json)
    let out = bench.path("out.tflite")
    let run = try Tool.run("plan", model, "--plan", moved, "--emit-offline", out, "--json")
    #expect(run.exitCode == 0, "\(run.errors)")
    let output: PlanOutput = try run.json()
    #expect(output.peakInBytes == plan.peakInBytes)
    #expect(output.arenaInBytes == plan.peakInBytes)
    let linted: LintOutput = try Tool.run("lint", out, "--json").json()
    #expect(linted.arenaInBytes == plan.peakInBytes)
  }

  /// A plan that computes something else is refused, and nothing is written.
  @Test func anUnsoundPlan() throws {
    let bench = try Workbench()
    let model = Fixtures.model("residual_block")
    let path = bench.path("plan.json")
    #expect(try Tool.run("plan", model, "--output", path).exitCode == 0)
    var plan = try Workbench.plan(at: path)
    for index in plan.buffers.indices { plan.buffers[index].offset = 0 }
    let unsound = try bench.write("unsound.json", plan.json)
    let run = try Tool.run(
      "plan", model, "--plan", unsound, "--emit-offline", bench.path("out.tflite"))
    #expect(run.exitCode == 1)
    #expect(!bench.exists("out.tflite"))
  }

  /// The written model is a model like any other: it runs, and equals what it was made from.
  @Test func theWrittenModelIsEquivalent() throws {
    let bench = try Workbench()
    let model = Fixtures.model("residual_block")
    let out = bench.path("out.tflite")
    #expect(try Tool.run("plan", model, "--emit-offline", out).exitCode == 0)
    let run = try Tool.run("verify", model, "--against", out, "--samples", "1")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    // Once more, on what was written: the plan is replaced.
    let again = bench.path("again.tflite")
    #expect(try Tool.run("plan", out, "--emit-offline", again).exitCode == 0)
    #expect(try Tool.run("lint", again).exitCode == 0)
  }

  @Test func nothingToWrite() throws {
    #expect(try Tool.run("plan", Fixtures.model("residual_block")).exitCode == 64)
  }
}

import Graph
import Ops
import Planning
import TestSupport
import Testing

@Suite struct MeasureCommandTests {
  @Test(arguments: [
    ("keyword_spotter", 16_000, 2_656_768), ("residual_block", 4_608, 230_784),
  ]) func theUntiledProgram(_ name: String, _ peak: Int, _ macs: Int) throws {
    let run = try Tool.run("measure", Fixtures.model(name), "--json")
    #expect(run.exitCode == 0)
    let output: MeasureOutput = try run.json()
    #expect(output.measuredPeakInBytes == peak)
    #expect(output.plannedPeakInBytes == peak)
    #expect(output.macs == macs)
    #expect(output.operators.reduce(0) { $0 + $1.macs } == macs)
    #expect(output.operators.map(\.op) == Array(output.operators.indices))
    #expect(output.operators.allSatisfy { $0.steps == 1 })
    #expect(output.liveBytesByStep == output.operators.map(\.liveBytes))
    #expect(output.liveBytesByStep.max() == peak)
    let step = try #require(output.peakStep)
    #expect(output.liveBytesByStep[step] == output.binding.reduce(0) { $0 + $1.bytes })
    let text = try Tool.run("measure", Fixtures.model(name))
    #expect(text.exitCode == 0)
    #expect(text.output.hasPrefix("model  \(name), profile tflm, untiled\n"))
  }

  @Test func aTiledProgram() throws {
    let bench = try Workbench()
    let graph = try GraphFixture.graph("residual_block")
    let tiling = Tiling(
      modelHash: graph.modelHash, groups: [FusedGroup(ops: [0, 1, 2, 3], mode: .line)])
    let plan = try TilingLowering.plan(tiling, for: graph, profile: .tflm)
    for (option, text) in [("--plan", plan.json), ("--tiling", tiling.json)] {
      let path = try bench.write("file.json", text)
      let run = try Tool.run(
        "measure", Fixtures.model("residual_block"), option, path, "--json")
      #expect(run.exitCode == 0)
      let output: MeasureOutput = try run.json()
      #expect(output.plan == path)
      #expect(output.measuredPeakInBytes == plan.peakInBytes)
      #expect(output.macs == 230_784)
      #expect(output.operators.map(\.steps) == [16, 16, 16, 8, 1, 1])
      #expect(output.liveBytesByStep.count == plan.steps.count)
    }
  }
}

import TestSupport
import Testing

/// A real network and its layers, as LiteRT and TensorFlow Lite Micro recorded them.
@Suite(.enabled(if: Corpus.isPresent, "TILEWRIGHT_CORPUS names no folder"))
struct CorpusTests {
  @Test(arguments: ["kws_aww"] + (0...12).map { "layer_aww_\($0)" }, ["tflm", "litert"])
  func recordingsAreExact(_ name: String, _ profile: String) throws {
    let run = try Tool.run(
      "check", Corpus.model(name), Corpus.recording(name, profile: profile), "--profile",
      profile, "--json")
    #expect(run.exitCode == 0, "\(run.output)")
    let output: CheckOutput = try run.json()
    #expect(output.verdict == "exact")
    #expect(output.cases.count > 1)
    #expect(output.outputs > 1)
  }

  @Test func theKeywordSpotterOfMLPerfTiny() throws {
    let run = try Tool.run("measure", Corpus.model("kws_aww"), "--json")
    #expect(run.exitCode == 0)
    let output: MeasureOutput = try run.json()
    #expect(output.measuredPeakInBytes == 16_000)
    #expect(output.plannedPeakInBytes == 16_000)
    #expect(output.macs == 2_656_768)
    let verified = try Tool.run("verify", Corpus.model("kws_aww"), "--samples", "1", "--json")
    #expect(verified.exitCode == 0)
    #expect(try verified.json(VerifyOutput.self).plannedPeakInBytes <= 5200)
  }
}

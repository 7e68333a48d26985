import Ops
import TestSupport
import Testing

/// Real networks and their layers, as LiteRT and TensorFlow Lite Micro recorded them.
@Suite(.enabled(if: Corpus.isPresent, "TILEWRIGHT_CORPUS names no folder"))
struct CorpusTests {
  /// Models of which one real input was recorded, not several random ones.
  private static let singles = Set((0...4).map { "seanet_transpose_conv\($0)" })

  @Test(arguments: Corpus.recordings)
  func recordingsAreExact(_ name: String, _ profile: String) throws {
    let run = try Tool.run(
      "check", Corpus.model(name), Corpus.recording(name, profile: profile), "--profile",
      profile, "--json")
    #expect(run.exitCode == 0, "\(run.output)")
    let output: CheckOutput = try run.json()
    #expect(output.verdict == "exact")
    #expect(Self.singles.contains(name) || output.cases.count > 1)
    #expect(output.outputs >= output.cases.count)
  }

  /// Peaks of the untiled programs, every tensor with bytes of its own.
  @Test(arguments: [
    ("mlperf_resnet_i8", 49_152), ("mlperf_vww_i8", 55_296), ("cif_cifar10", 144_000),
    ("mw_magic_wand", 13_824), ("txt_text_class", 17_408),
  ])
  func peaksOfUntiledNetworks(_ name: String, _ bytes: Int) throws {
    let run = try Tool.run("measure", Corpus.model(name), "--in-place", "none", "--json")
    #expect(run.exitCode == 0)
    let output: MeasureOutput = try run.json()
    #expect(output.measuredPeakInBytes == bytes)
    #expect(output.plannedPeakInBytes == bytes)
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

  /// A model is supported, or each of its refusals says why; nothing that the catalogue has is missing.
  @Test(arguments: Corpus.names) func whatIsNotSupportedIsListed(_ name: String) throws {
    let run = try Tool.run("inspect", Corpus.model(name), "--json")
    #expect(run.exitCode == 0 || run.exitCode == 3, "\(run.errors)")
    let output: InspectOutput = try run.json()
    #expect(output.unsupported.isEmpty == (run.exitCode == 0))
    #expect((output.macs != nil) == (run.exitCode == 0))
    let operators = Set(Catalog.operators.flatMap { $0.builtins.map(\.name) })
    for refusal in output.unsupported {
      #expect((refusal.node == nil) != (refusal.tensor == nil))
      guard refusal.node != nil else { continue }
      #expect(operators.contains(refusal.name) != (refusal.reason == "is not supported"))
    }
  }
}

import TestSupport
import Testing

/// Real networks and their layers, as LiteRT and TensorFlow Lite Micro recorded them.
@Suite(.enabled(if: Corpus.isPresent, "TILEWRIGHT_CORPUS names no folder"))
struct CorpusTests {
  /// The networks of MLPerf Tiny and of the papers on fused tiling, and others of their kind.
  static let networks = [
    "kws_aww", "mlperf_kws_i8", "mlperf_resnet_i8", "mlperf_vww_i8", "mlperf_toycar_i8",
    "person_detect_i8", "mcunet_vww_i8", "mcunet_320kb_i8", "mobilenet_v2_100_224_i8",
    "micro_speech_i8", "cif_cifar10", "mw_magic_wand", "txt_text_class", "pos_posenet257_i8",
    "mlperf_vww_f32", "mobilenet_v1_025_128_u8", "split_concat_u8",
  ]
  /// The layers of MLPerf Tiny's networks, one by one.
  static let layers = [("aww", 12), ("resnet", 15), ("toycar", 9), ("vww", 30)].flatMap {
    name, last in (0...last).map { "layer_\(name)_\($0)" }
  }

  @Test(arguments: networks + layers, ["tflm", "litert"])
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
}

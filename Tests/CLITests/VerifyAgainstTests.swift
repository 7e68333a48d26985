import TestSupport
import Testing

/// `verify --against`.
@Suite struct VerifyAgainstTests {
  /// What it prints as JSON.
  private struct Output: Decodable {
    let other: String
    let samples: Int
    let equalFingerprints: Bool
    let difference: String?
    let verdict: String
  }

  private static let spotter = Fixtures.model("keyword_spotter")

  @Test func aModelIsItself() throws {
    let run = try Tool.run(
      "verify", Self.spotter, "--against", Self.spotter, "--samples", "1", "--json")
    #expect(run.exitCode == 0)
    let output: Output = try run.json()
    #expect(output.verdict == "equivalent")
    #expect(output.equalFingerprints)
    #expect(output.samples == 4)
    #expect(output.difference == nil)
    #expect(output.other == "keyword_spotter")
  }

  /// One bit of one byte among the weights of the largest layer.
  @Test func oneBitOfOneWeight() throws {
    let bench = try Workbench()
    var bytes = try Workbench.bytes(of: Self.spotter)
    bytes[bytes.count / 2] ^= 1
    let other = try bench.write("other.tflite", bytes)
    let run = try Tool.run("verify", Self.spotter, "--against", other, "--samples", "0", "--json")
    #expect(run.exitCode == 5)
    let output: Output = try run.json()
    #expect(output.verdict == "inconclusive")
    #expect(!output.equalFingerprints)
  }

  @Test func anotherNetworkIsRefused() throws {
    let run = try Tool.run(
      "verify", Self.spotter, "--against", Fixtures.model("residual_block"))
    #expect(run.exitCode == 4)
    #expect(run.errors.hasPrefix("tilewright: input 0: the original has int8[1,49,10,1], scale"))
  }

  @Test func plansAreOfOneModel() throws {
    let run = try Tool.run(
      "verify", Self.spotter, "--against", Self.spotter, "--save-plan", "plan.json")
    #expect(run.exitCode == 64)
  }
}

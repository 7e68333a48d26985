import NumPy
import TestSupport
import Testing

/// `verify --save-witness`.
@Suite struct SaveWitnessTests {
  private static let block = Fixtures.model("residual_block")

  @Test func aPlanReplays() throws {
    let bench = try Workbench()
    let run = try Tool.run(
      "verify", Self.block, "--plan", "\(Fixtures.path)/refuted/slice_added_twice.json",
      "--save-witness", bench.path("found"))
    #expect(run.exitCode == 1)
    #expect(run.output.contains("witness  steps 1, 3, 4, 5 alone, all else whole, on input "))
    #expect(
      try bench.names(in: "found") == [
        "actual0.npy", "expected0.npy", "in0.npy", "model.tflite", "plan.json",
      ])
    let again = try replay(run.errors)
    #expect(again.exitCode == 1)
    #expect(again.output.contains("hold 768 elements"))
    #expect(again.output.contains("witness  "))
    let (actual, expected) = (
      try NPYArray(contentsOf: bench.path("found/actual0.npy")),
      try NPYArray(contentsOf: bench.path("found/expected0.npy"))
    )
    #expect(actual.bytes != expected.bytes)
  }

  @Test func anotherModelReplays() throws {
    let bench = try Workbench()
    let pair = "\(Fixtures.path)/rewritten/bias_one_off"
    let run = try Tool.run(
      "verify", "\(pair)/original.tflite", "--against", "\(pair)/rewritten.tflite",
      "--save-witness", bench.path("found"))
    #expect(run.exitCode == 1)
    #expect(
      try bench.names(in: "found") == [
        "actual0.npy", "expected0.npy", "in0.npy", "model.tflite", "other.tflite",
      ])
    let again = try replay(run.errors)
    #expect(again.exitCode == 1)
    #expect(again.output.contains("expected "))
    #expect(
      again.output.split(separator: ": ").last(where: { $0.hasPrefix("expected ") })
        == run.output.split(separator: ": ").last(where: { $0.hasPrefix("expected ") }))
  }

  @Test func nothingIsWrittenOfASoundPlan() throws {
    let bench = try Workbench()
    let run = try Tool.run(
      "verify", Self.block, "--samples", "1", "--save-witness", bench.path("found"))
    #expect(run.exitCode == 0)
    #expect(run.errors.contains("nothing is saved"))
    #expect(!bench.exists("found"))
  }

  @Test func nothingIsWrittenOver() throws {
    let bench = try Workbench()
    let folder = try bench.inputs("given", [])
    let mine = try bench.write("given/plan.json", "mine")
    let run = try Tool.run(
      "verify", Self.block, "--plan", "\(Fixtures.path)/refuted/slice_added_twice.json",
      "--save-witness", folder)
    #expect(run.exitCode == 64)
    #expect(run.errors.contains("expected a folder that is empty or not there yet"))
    #expect(run.output == "", "it says so before any work")
    #expect(try Workbench.bytes(of: mine) == Array("mine".utf8))
  }

  /// Runs the command that the tool names.
  private func replay(_ errors: String) throws -> Tool.Run {
    let words = errors.split(whereSeparator: \.isWhitespace).map(String.init)
    let start = try #require(words.firstIndex(of: "tilewright"))
    return try Tool.run(Array(words[(start + 1)...]))
  }
}

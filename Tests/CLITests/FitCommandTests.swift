import Graph
import TestSupport
import Testing

@Suite struct FitCommandTests {
  private static let text = Fixtures.model("text_classifier")
  private static let wand = Fixtures.model("magic_wand")

  /// Where no tiles are needed there are none, and nothing is searched.
  @Test func theUntiledProgramFits() throws {
    let run = try Tool.run("fit", Self.text, "--ram", "1M", "--json")
    #expect(run.exitCode == 0, "\(run.errors)")
    let output: FitOutput = try run.json()
    #expect(output.fits && output.ramInBytes == 1 << 20)
    #expect(output.search == nil && output.files.isEmpty)
    #expect(output.point.groups.isEmpty && output.point.overhead == 0)
    #expect(output.point.peak == output.untiled.peak)
    #expect(output.verification?.verdict == "equivalent")
    #expect(output.verification?.samples == 19)
  }

  /// What is written fits, and is what was shown.
  @Test func aPlanThatFits() throws {
    let bench = try Workbench()
    let (plan, tiling) = (bench.path("plan.json"), bench.path("tiling.json"))
    let run = try Tool.run(
      "fit", Self.text, "--ram", "1K", "--samples", "2", "--output", plan, "--save-tiling",
      tiling, "--json")
    #expect(run.exitCode == 0, "\(run.errors)")
    let output: FitOutput = try run.json()
    #expect(output.fits && output.point.peak <= 1024 && output.untiled.peak > 1024)
    #expect(output.point.certified && output.point.plan == plan)
    #expect(output.files.map(\.path) == [plan, tiling])
    #expect(output.verification?.measuredPeakInBytes == output.point.peak)
    #expect(output.verification?.macs == output.point.macs)
    #expect(try Workbench.plan(at: plan).peakInBytes == output.point.peak)
    for (option, path) in [("--plan", plan), ("--tiling", tiling)] {
      let verified = try Tool.run("verify", Self.text, option, path, "--samples", "1")
      #expect(verified.exitCode == 0, "\(verified.errors)")
    }
  }

  /// The least peak that `explore` shows is a budget that is kept, and a byte less is none.
  @Test func theLeastBudget() throws {
    let bench = try Workbench()
    let options = [Self.wand, "--modes", "ffmt,line", "--samples", "1"]
    let explored: ExploreOutput = try Tool.run(["explore", "--json"] + options).json()
    let least = try #require(explored.points.last)
    let kept = try Tool.run(["fit", "--json", "--ram", "\(least.peak)"] + options)
    #expect(kept.exitCode == 0, "\(kept.errors)")
    let output: FitOutput = try kept.json()
    #expect(output.point.peak == least.peak && output.point.macs == least.macs)
    let missed = try Tool.run(
      ["fit", "--json", "--ram", "\(least.peak - 1)", "--output", bench.path("plan.json")]
        + options)
    #expect(missed.exitCode == 2)
    let other: FitOutput = try missed.json()
    #expect(!other.fits && other.verification == nil && other.files.isEmpty)
    #expect(other.point.peak == least.peak && other.point.certified)
    #expect(other.point.groups == least.groups && other.point.plan == nil)
    #expect(!bench.exists("plan.json"))
  }

  @Test func itSaysWhatIsMissing() throws {
    let run = try Tool.run("fit", Self.text, "--ram", "10")
    #expect(run.exitCode == 2)
    #expect(run.errors == "")
    #expect(run.output.contains("verdict  does not fit: the least found lacks "))
  }

  @Test func explanations() throws {
    let output: FitOutput =
      try Tool.run("fit", Self.text, "--ram", "1M", "--explain", "--samples", "1", "--json").json()
    let texts = try #require(output.explanations).map(\.text)
    #expect(
      texts.dropLast().allSatisfy {
        $0.contains(" bytes are in use meanwhile, which fits; of groups")
      })
    #expect(texts.last == "runs whole: it cannot be cut along its height, width or channels")
    #expect(output.point.groups.isEmpty)
  }

  @Test(arguments: [
    [], ["--ram", "-1"], ["--ram", "much"], ["--ram", "1K", "--modes", "all"],
    ["--ram", "1K", "--output", "a", "--save-tiling", "a"], ["--ram", "1K", "--output", Self.text],
    ["--ram", "1K", "--samples", "0"],
  ]) func wrongArguments(_ options: [String]) throws {
    let run = try Tool.run(["fit", Self.text] + options)
    #expect(run.exitCode == 64, "\(run.errors)")
    #expect(run.output == "" && !run.errors.isEmpty)
  }

  @Test func aNegativeBudget() throws {
    let run = try Tool.run("fit", Self.text, "--ram", "-5")
    #expect(run.errors.contains("'-5' is invalid for '--ram <ram>': expected a number of bytes"))
  }

  /// A file that cannot be written is no verdict.
  @Test func anOutputThatCannotBeWritten() throws {
    let run = try Tool.run(
      "fit", Self.text, "--ram", "1M", "--samples", "1", "--output", "none/plan.json")
    #expect(run.exitCode == 64)
  }
}

import TestSupport
import Testing

@Suite struct ProveCheckerCommandTests {
  private static let block = Fixtures.model("residual_block")

  @Test(arguments: ["tflm", "litert"]) func noMistakeIsMissed(_ profile: String) throws {
    let run = try Tool.run(
      "prove-checker", Self.block, "--places", "15", "--profile", profile, "--json")
    #expect(run.exitCode == 0)
    #expect(run.errors == "")
    let output: ProveCheckerOutput = try run.json()
    #expect(output.verdict == "proved")
    #expect(output.model == "residual_block")
    #expect(output.profile == profile)
    #expect(output.judges == "both")
    #expect(output.plans.map(\.mode) == ["line", "recompute", "channels"])
    #expect(output.classes.count == 9)
    for plan in output.plans {
      #expect(plan.plan != nil)
      #expect(plan.isSound)
      #expect(plan.missed == [])
      #expect(plan.classes.map(\.name) == output.classes.map(\.name))
    }
    for (index, row) in output.classes.enumerated() {
      #expect(row.missed == 0)
      #expect(row.places > 0)
      #expect(row.places <= 45)
      #expect(row.malformed + row.walk + row.symbolic + row.equivalent == row.places)
      #expect(row.places == output.plans.reduce(0) { $0 + $1.classes[index].places })
    }
    #expect(output.total?.places == output.classes.reduce(0) { $0 + $1.places })
    let again = try Tool.run(
      "prove-checker", Self.block, "--places", "15", "--profile", profile, "--json")
    #expect(again.output == run.output)
  }

  @Test func textHasARowForEachKindOfMistake() throws {
    let run = try Tool.run("prove-checker", Self.block, "--places", "3", "--seed", "7")
    #expect(run.exitCode == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 16)
    #expect(lines[0] == "model      residual_block, profile tflm, seed 7, judged by both")
    #expect(lines.dropFirst().prefix(3).allSatisfy { $0.contains("operators") })
    #expect(lines[4].hasPrefix("mistake"))
    #expect(lines[14].hasPrefix("all "))
    #expect(lines[15].hasPrefix("verdict    none of "))
  }

  @Test func withoutChecksMistakesAreMissed() throws {
    let run = try Tool.run(
      "prove-checker", Self.block, "--places", "10", "--checks", "none", "--json")
    #expect(run.exitCode == 1)
    let output: ProveCheckerOutput = try run.json()
    #expect(output.verdict == "missed")
    let missed = output.plans.flatMap(\.missed)
    #expect(missed.count > 20)
    #expect(output.total?.missed == missed.count)
    let text = try Tool.run("prove-checker", Self.block, "--places", "10", "--checks", "none")
    #expect(text.exitCode == 1)
    #expect(text.output.contains("missed     and \(missed.count - 12) more; --json shows all\n"))
    #expect(text.output.contains("verdict    \(missed.count) of "))
  }

  @Test func aModeThatNoGroupAllowsIsLeftOut() throws {
    let run = try Tool.run(
      "prove-checker", Fixtures.model("text_classifier"), "--places", "2", "--json")
    #expect(run.exitCode == 0)
    let output: ProveCheckerOutput = try run.json()
    let left = output.plans.filter { $0.plan == nil }
    #expect(left.map(\.mode) == ["recompute"])
    #expect(left.allSatisfy { $0.classes == [] })
    let text = try Tool.run("prove-checker", Fixtures.model("text_classifier"), "--places", "2")
    #expect(
      text.output.contains("\nrecompute  left out: no group that was tried can be lowered\n"))
  }
}

import TestSupport
import Testing

@Suite struct UsageTests {
  private static let model = Fixtures.model("residual_block")

  @Test(arguments: [
    ["nonsense"], ["verify"], ["measure"], ["run"], ["check"], ["inspect"],
    ["check", Self.model], ["verify", Self.model, "--nonsense"],
    ["verify", Self.model, "another"], ["verify", Self.model, "--profile", "TFLM"],
    ["verify", Self.model, "--samples", "-1"], ["verify", Self.model, "--samples", "100001"],
    ["verify", Self.model, "--samples", "few"], ["verify", Self.model, "--seed", "-1"],
    ["verify", Self.model, "--plan", "a", "--tiling", "b"],
    ["measure", Self.model, "--plan", "a", "--tiling", "b"],
    ["verify", Self.model, "--plan", "a", "--save-tiling", "b"],
    ["ops", Self.model], ["prove-checker"], ["prove-checker", Self.model, "--places", "0"],
    ["prove-checker", Self.model, "--checks", "some"],
    ["run", Self.model], ["run", Self.model, "--inputs", "a"],
    ["run", Self.model, "--inputs", "a", "--outputs", "b", "--dump-all", "--plan", "c"],
  ]) func wrongArguments(_ arguments: [String]) throws {
    let run = try Tool.run(arguments)
    #expect(run.exitCode == 64, "\(run.errors)")
    #expect(run.output == "")
    #expect(!run.errors.isEmpty)
  }

  @Test(arguments: ["--plan", "--tiling"]) func planFilesThatCannotBeRead(
    _ option: String
  ) throws {
    for path in ["none.json", Fixtures.path] {
      for command in ["verify", "measure"] {
        let run = try Tool.run(command, Self.model, option, path)
        #expect(run.exitCode == 64)
        #expect(run.errors.contains(path))
      }
    }
  }

  @Test(arguments: [
    [], ["--help"], ["help"], ["help", "check"], ["verify", "--help"], ["run", "-h"],
  ]) func help(_ arguments: [String]) throws {
    let run = try Tool.run(arguments)
    #expect(run.exitCode == 0)
    #expect(run.output.contains("USAGE: tilewright"))
    #expect(run.errors == "")
  }

  @Test func theHelpListsTheExitCodes() throws {
    let words = try Tool.run("--help").output.split { $0 == " " || $0 == "\n" }
    let help = words.joined(separator: " ")
    for code in ["0 yes", "1 different", "3 unsupported", "4 malformed", "5 inconclusive", "64"] {
      #expect(help.contains(code))
    }
  }
}

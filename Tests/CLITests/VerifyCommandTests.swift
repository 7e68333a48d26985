import Graph
import NumPy
import Ops
import Planning
import Tensor
import TestSupport
import Testing

@Suite struct VerifyCommandTests {
  private static let block = Fixtures.model("residual_block")
  private static let spotter = Fixtures.model("keyword_spotter")

  @Test func theSearchFindsAPlanThatIsEquivalent() throws {
    let bench = try Workbench()
    let found = try Tool.run(
      "verify", Self.spotter, "--samples", "2", "--save-plan", bench.path("plan.json"),
      "--save-tiling", bench.path("tiling.json"), "--json")
    #expect(found.exitCode == 0)
    #expect(found.errors == "")
    let expected: VerifyOutput = try found.json()
    #expect(expected.verdict == "equivalent")
    #expect(expected.model == "keyword_spotter")
    #expect(expected.plannedPeakInBytes <= 5200)
    #expect(expected.measuredPeakInBytes == expected.plannedPeakInBytes)
    #expect(expected.untiledPeakInBytes == 16_000)
    #expect(expected.macs == 2_656_768)
    #expect(expected.untiledMACs == 2_656_768)
    #expect(expected.samples == 5)
    #expect(expected.findings == [])
    #expect(expected.shadowFindings == [])
    #expect(expected.equalFingerprints == true)
    #expect(try #require(expected.falseAcceptBound) < 0x1p-16)
    for option in ["--plan", "--tiling"] {
      let again = try Tool.run(
        "verify", Self.spotter, "--samples", "2", option,
        bench.path("\(option.dropFirst(2)).json"), "--json")
      #expect(again.exitCode == 0)
      #expect(try again.json() == expected)
    }
  }

  @Test func textSaysTheSame() throws {
    let run = try Tool.run("verify", Self.block, "--samples", "1")
    #expect(run.exitCode == 0)
    let labels = run.output.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(
      labels == [
        "model", "plan", "static", "symbolic", "dynamic", "shadow", "oracle", "", "float", "peak",
        "MACs", "verdict",
      ])
    #expect(try Tool.run("verify", Self.block, "--samples", "1").output == run.output)
  }

  @Test(arguments: ["tflm", "litert"]) func eachProfile(_ profile: String) throws {
    let run = try Tool.run(
      "verify", Self.block, "--profile", profile, "--samples", "1", "--json")
    #expect(run.exitCode == 0)
    #expect(try run.json(VerifyOutput.self).profile == profile)
  }

  @Test func aPlanForAnotherModel() throws {
    let bench = try Workbench()
    for (option, json) in [
      ("--plan", try Self.untiled("keyword_spotter").json),
      ("--tiling", Tiling(modelHash: String(repeating: "0", count: 64), groups: []).json),
    ] {
      let run = try Tool.run("verify", Self.block, option, bench.write("other.json", json))
      #expect(run.exitCode == 4)
      #expect(run.output == "")
      #expect(run.errors.contains("model_sha256"))
      #expect(run.errors.contains("ee9c83a2e26f"), "it says which model this is")
    }
  }

  @Test func aPlanUnderAnotherProfile() throws {
    let bench = try Workbench()
    let plan = try bench.write("plan.json", Self.untiled("residual_block").json)
    let run = try Tool.run("verify", Self.block, "--plan", plan, "--profile", "litert")
    #expect(run.exitCode == 4)
    #expect(
      run.errors
        == "tilewright: profile: the plan was made under tflm, and litert was asked for\n")
    #expect(try Tool.run("verify", Self.block, "--plan", plan, "--samples", "1").exitCode == 0)
  }

  @Test func aPlanThatOverlaps() throws {
    let bench = try Workbench()
    var plan = try Self.untiled("residual_block")
    try plan.edit("t10.whole") { $0.offset = 0 }
    try plan.edit("t9.whole") { $0.offset = 0 }
    let path = try bench.write("plan.json", plan.json)
    let run = try Tool.run("verify", Self.block, "--plan", path, "--json")
    #expect(run.exitCode == 1)
    let output: VerifyOutput = try run.json()
    #expect(output.verdict == "different")
    #expect(!output.findings.isEmpty)
    #expect(output.measuredPeakInBytes == nil, "a plan with findings is not run")
    #expect(output.macs == nil)
    for command in [["measure"], ["run", "--inputs", "in", "--outputs", "out"]] {
      var arguments = [command[0], Self.block, "--plan", path] + command.dropFirst()
      if command[0] == "run" {
        arguments[5] = try bench.inputs("in", [RunCommandTests.input("residual_block", 0)])
        arguments[7] = bench.path("out")
      }
      let refused = try Tool.run(arguments)
      #expect(refused.exitCode == 1, "\(refused.errors)")
      #expect(refused.output == "")
      #expect(!bench.exists("out"))
    }
  }

  @Test func bytesThatAreNeverWritten() throws {
    let bench = try Workbench()
    var plan = try Self.untiled("residual_block")
    let spare = try #require(plan.buffers.last)
    plan.buffers.append(spare)
    plan.buffers[plan.buffers.count - 1].name = "spare"
    plan.buffers[plan.buffers.count - 1].offset = 8192
    let run = try Tool.run(
      "verify", Self.block, "--plan", bench.write("plan.json", plan.json), "--json")
    #expect(run.exitCode == 1)
    #expect(
      try run.json(VerifyOutput.self).findings
        == ["peak: \(8192 + spare.sizeInBytes) bytes planned, 4608 measured"])
  }

  @Test func withoutSamplesThereIsNoVerdict() throws {
    let run = try Tool.run("verify", Self.block, "--samples", "0", "--json")
    #expect(run.exitCode == 5)
    let output: VerifyOutput = try run.json()
    #expect(output.verdict == "inconclusive")
    #expect(output.reasons.count == 1)
    #expect(output.samples == 0)
    let bench = try Workbench()
    let inputs = try bench.inputs("in", [RunCommandTests.input("residual_block", 0)])
    let given = try Tool.run(
      "verify", Self.block, "--samples", "0", "--inputs", inputs, "--json")
    #expect(given.exitCode == 0)
    #expect(try given.json(VerifyOutput.self).samples == 1)
  }

  @Test(arguments: ["", "{}", "[1", "null", #"{"format": "tilewright-plan/9"}"#])
  func aPlanThatIsNoPlan(_ text: String) throws {
    let bench = try Workbench()
    let file = try bench.write("file.json", text)
    for option in ["--plan", "--tiling"] {
      let run = try Tool.run("verify", Self.block, option, file)
      #expect(run.exitCode == 4)
      #expect(run.output == "")
      #expect(run.errors.hasPrefix("tilewright: \(file): "))
    }
  }

  @Test func everyFaultAtOnce() throws {
    let bench = try Workbench()
    var plan = try Self.untiled("residual_block")
    plan.alignment = 3
    plan.steps[1].op = 77
    plan.steps[2].outputs[0].region[1] = 0..<17
    let run = try Tool.run("verify", Self.block, "--plan", bench.write("plan.json", plan.json))
    #expect(run.exitCode == 4)
    #expect(
      run.errors == """
        tilewright: alignment: expected a power of two, found 3
        step 1: expected the index of an operator, found 77
        step 2: expected a tile inside [0..<1, 0..<16, 0..<12, 0..<8], \
        found [0..<1, 0..<17, 0..<12, 0..<8]

        """)
  }

  @Test func whatIsSavedIsWholeOrNotThere() throws {
    let bench = try Workbench()
    for option in ["--save-plan", "--save-tiling"] {
      let run = try Tool.run("verify", Self.block, option, bench.path("none/plan.json"))
      #expect(run.exitCode == 64)
      #expect(!bench.exists("none"))
    }
  }

  /// The plan that runs every operator whole, under the profile `tflm`.
  static func untiled(_ name: String) throws -> Plan {
    TilingLowering.untiled(try GraphFixture.graph(name), profile: .tflm)
  }
}

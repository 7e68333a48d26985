import Foundation
import TestSupport
import Testing

@Suite struct ExploreCommandTests {
  private static let text = Fixtures.model("text_classifier")
  private static let wand = Fixtures.model("magic_wand")

  /// Points cost more and more, for fewer and fewer bytes, and every one is certified.
  @Test(arguments: [text, wand]) func theFrontier(_ model: String) throws {
    let run = try Tool.run("explore", model, "--json")
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.errors == "")
    let output: ExploreOutput = try run.json()
    let measured: MeasureOutput = try Tool.run("measure", model, "--json").json()
    #expect(
      output.untiled == .init(peak: measured.measuredPeakInBytes, macs: measured.macs))
    let least = try #require(output.points.last)
    #expect(output.search.estimatedLeastPeak <= least.peak)
    for (point, next) in zip(output.points, output.points.dropFirst()) {
      #expect(point.macs < next.macs && point.peak > next.peak)
    }
    for point in output.points {
      #expect(point.certified && point.plan == nil)
      #expect(point.modes.isEmpty == point.groups.isEmpty)
      let added = Double(point.macs - output.untiled.macs)
      #expect(point.overhead == added / Double(output.untiled.macs))
      #expect(point.saved == 1 - Double(point.peak) / Double(output.untiled.peak))
    }
    #expect(output.explanations == nil)
    #expect(output.conventions.alignment == 16 && output.conventions.largestOverhead == nil)
  }

  /// What is written is what is shown, and runs.
  @Test func files() throws {
    let bench = try Workbench()
    let (plans, csv, picture) = (bench.path("plans"), bench.path("f.csv"), bench.path("f.svg"))
    let run = try Tool.run(
      "explore", Self.wand, "--save-plans", plans, "--csv", csv, "--picture", picture, "--json")
    #expect(run.exitCode == 0, "\(run.errors)")
    let output: ExploreOutput = try run.json()
    #expect(
      try bench.names(in: "plans") == output.points.map { "\($0.peak).json" }.sorted())
    for point in output.points {
      let path = try #require(point.plan)
      let measured: MeasureOutput =
        try Tool.run("measure", Self.wand, "--plan", path, "--json").json()
      #expect(measured.measuredPeakInBytes == point.peak && measured.macs == point.macs)
    }
    let lines = try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == output.points.count + 1)
    #expect(lines[0].hasPrefix("model,profile,peak,macs,"))
    for (line, point) in zip(lines.dropFirst(), output.points) {
      #expect(line.hasPrefix("magic_wand,tflm,\(point.peak),\(point.macs),"))
    }
    let drawn = try String(contentsOfFile: picture, encoding: .utf8)
    #expect(drawn.hasPrefix("<svg xmlns=") && drawn.hasSuffix("</svg>\n"))
    #expect(drawn.contains("untiled") && !drawn.contains("<script") && !drawn.contains("nan"))
    #expect(drawn.components(separatedBy: "<circle").count == output.points.count + 2)
  }

  /// The same plans, picture and numbers every time, but for the seconds.
  @Test func itIsDeterministic() throws {
    let bench = try Workbench()
    let texts = try ["a.svg", "b.svg"].map { name in
      let run = try Tool.run("explore", Self.wand, "--picture", bench.path(name))
      return run.output.split(separator: "\n").filter { !$0.contains("wrote ") }
    }
    #expect(texts[0].dropLast() == texts[1].dropLast())
    #expect(texts[0].last?.hasPrefix("time     ") == true)
    #expect(
      try Workbench.bytes(of: bench.path("a.svg")) == Workbench.bytes(of: bench.path("b.svg")))
  }

  /// Under the same options a point's tiling is lowered to the point's plan, byte for byte.
  @Test(arguments: [
    [], ["--exclude-input", "--exclude-output", "--alignment", "4"], ["--in-place", "none"],
  ]) func tilingsOfPoints(_ options: [String]) throws {
    let bench = try Workbench()
    let model = Fixtures.model("residual_block")
    let output: ExploreOutput =
      try Tool.run(
        ["explore", model, "--json", "--save-plans", bench.path("plans")] + options
      ).json()
    for point in output.points {
      let tiling = try bench.write("tiling.json", point.tiling.json)
      let lowered = bench.path("plan.json")
      let run = try Tool.run(
        ["verify", model, "--tiling", tiling, "--samples", "1", "--save-plan", lowered] + options)
      #expect(run.exitCode == 0, "\(run.errors)")
      let plan = try #require(point.plan)
      #expect(try Workbench.bytes(of: lowered) == Workbench.bytes(of: plan))
    }
  }

  @Test(arguments: ["ffmt", "fdt", "line", "strip", "nested", "ffmt,fdt"])
  func modes(_ modes: String) throws {
    let output: ExploreOutput =
      try Tool.run("explore", Self.wand, "--modes", modes, "--json").json()
    let chosen = modes.split(separator: ",").map(String.init)
    #expect(output.conventions.modes == chosen)
    #expect(output.points.allSatisfy { Set($0.modes).isSubset(of: chosen) })
  }

  /// What the caller holds is not in the arena; what may not be added is not.
  @Test func conventions() throws {
    func output(_ options: String...) throws -> ExploreOutput {
      try Tool.run(["explore", Self.wand, "--modes", "ffmt", "--json"] + options).json()
    }
    let plain = try output()
    let outside = try output(
      "--exclude-input", "--exclude-output", "--alignment", "1", "--in-place", "all")
    #expect(outside.untiled.peak < plain.untiled.peak)
    #expect(outside.points.allSatisfy { $0.certified })
    let conventions = outside.conventions
    #expect(conventions.excludesInputs && conventions.excludesOutputs)
    #expect(conventions.alignment == 1 && conventions.inPlace == "all")
    let free = try output("--max-overhead", "0%")
    #expect(free.points.allSatisfy { $0.overhead <= 0 })
    #expect(free.conventions.largestOverhead == 0)
    #expect(try output("--max-overhead", "12.5").conventions.largestOverhead == 0.125)
  }

  /// Something is said of every operator.
  @Test func explanations() throws {
    let output: ExploreOutput = try Tool.run("explore", Self.text, "--explain", "--json").json()
    let measured: MeasureOutput = try Tool.run("measure", Self.text, "--json").json()
    let explanations = try #require(output.explanations)
    #expect(Set(explanations.map(\.op)) == Set(measured.operators.map(\.op)))
    #expect(explanations.allSatisfy { $0.name == measured.operators[$0.op].name })
    // An operator is in a group of the least plan, or it is said why not.
    let groups = try #require(output.points.last).groups
    #expect(
      explanations.allSatisfy { groups.contains($0.text) != $0.text.hasPrefix("runs whole: ") })
    #expect(
      explanations.last?.text == "runs whole: it cannot be cut along its height, width or channels")
  }

  /// What speaks against a group names the best one of any length, and what it takes.
  @Test func explanationsOfWholeOperators() throws {
    let model = Fixtures.model("keyword_spotter")
    func texts(_ options: String...) throws -> [String] {
      let output: ExploreOutput =
        try Tool.run(["explore", model, "--explain", "--json"] + options).json()
      return try #require(output.explanations).map(\.text)
    }
    let sliced = try texts("--modes", "fdt")
    #expect(
      sliced[8]
        == "runs whole: 16,000 bytes are in use meanwhile, the peak, and no plan that was found with a group "
        + "of it needs less; of groups with it 8-11 in 32 slices needs least, an estimated 8,306")
    #expect(
      sliced[0]
        == "runs whole: 8,490 bytes are in use meanwhile, and no group lowers that; of groups with it "
        + "0 in 2 slices needs least, an estimated 8,490")
    let strips = try texts("--modes", "strip", "--max-overhead", "0")
    #expect(
      strips[0]
        == "runs whole: every group with it adds more MACs than may be added; "
        + "0-1 in 2x1 tiles by columns adds least, 25,600")
  }

  /// What cannot be written is refused before the search, and leaves nothing behind.
  @Test(arguments: [["--csv", "none/x"], ["--picture", "none/x"], ["--csv", "/dev/null"]])
  func filesThatCannotBeWritten(_ options: [String]) throws {
    let bench = try Workbench()
    let run = try Tool.run(
      ["explore", Self.wand, "--save-plans", bench.path("plans")] + options)
    #expect(run.exitCode == 64)
    #expect(run.output == "" && run.errors.contains(options[1]))
    #expect(!bench.exists("plans"))
  }

  /// Files are written all together, or none is.
  @Test func filesAreWrittenOrNone() throws {
    let bench = try Workbench()
    let run = try Tool.run(
      script: """
        trap '' XFSZ; ulimit -f 2; exec "$TOOL" explore "$1" --csv "$2/x.csv" --save-plans "$2/plans" \
        > /dev/null 2> /dev/null
        """, Self.wand, bench.path(""))
    #expect(run.exitCode == 64)
    #expect(try bench.names(in: "") == [])
  }

  /// Nothing of the user's is written over.
  @Test func aFolderThatIsNotEmpty() throws {
    let bench = try Workbench()
    let folder = try bench.inputs("plans", [])
    _ = try bench.write("plans/mine.json", "mine")
    let run = try Tool.run("explore", Self.text, "--save-plans", folder)
    #expect(run.exitCode == 64)
    #expect(run.output == "")
    #expect(try bench.names(in: "plans") == ["mine.json"])
  }

  @Test(arguments: [
    ["--modes", "ffmd"], ["--modes", ""], ["--modes", "ffmt,"], ["--alignment", "0"],
    ["--alignment", "3"], ["--alignment", "8192"], ["--max-overhead", "ten"],
    ["--max-overhead", "%"], ["--max-overhead", "1e3"], ["--samples", "0"], ["--in-place", "some"],
    ["--csv", "a", "--picture", "a"], ["--csv", Self.text],
  ]) func wrongArguments(_ options: [String]) throws {
    let run = try Tool.run(["explore", Self.text] + options)
    #expect(run.exitCode == 64, "\(run.errors)")
    #expect(run.output == "" && !run.errors.isEmpty)
  }

  /// A negative number is a value that is out of range, not a missing one.
  @Test(arguments: [
    ["--max-overhead", "-1", "'-1' is invalid", "expected a percentage from 0 to 1000000"],
    ["--alignment", "-16", "expected a power of two up to 4096, found -16"],
    ["--samples", "-1", "expected 1 to 100000, found -1"],
  ]) func negativeNumbers(_ words: [String]) throws {
    let run = try Tool.run("explore", Self.text, words[0], words[1])
    #expect(run.exitCode == 64)
    for message in words.dropFirst(2) { #expect(run.errors.contains(message), "\(run.errors)") }
  }

  /// The complaint lists what there is.
  @Test func modesAreListed() throws {
    let run = try Tool.run("explore", Self.text, "--modes", "tiles")
    #expect(run.errors.contains("expected some of ffmt, fdt, line, strip, nested"))
  }
}

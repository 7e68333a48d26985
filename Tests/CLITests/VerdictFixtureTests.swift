import Foundation
import TestSupport
import Testing

/// Plans as compilers hand them in, wrong in one way each or right: `fixtures/refuted` and
/// `fixtures/equivalent`.
@Suite struct VerdictFixtureTests {
  /// What `verify --json` says, as far as the index does.
  private struct Answer: Decodable {
    let plannedPeakInBytes: Int
    let measuredPeakInBytes: Int?
    let macs: Int?
    let findings: [String]
    let shadowFindings: [String]?
    let equalFingerprints: Bool?
    let difference: String?
    let reordersFloatSums: Bool
    let verdict: String
    let reasons: [String]
  }

  /// What each kind of `Finding` alone says.
  private static let findings = [
    #"offset \d+ is no multiple of"#, "cannot lie in a ring", #"operand \d+ reads \["#,
    #"step \d+: writes \["#, "at one time, the ring of", "elements of .* that are not there",
    #"step \d+: \d+ sums of .* are not there"#, "overwrite what is still to be read",
    "want different elements at one address", "hold .* more than once", "the sums of .* lack",
    "are nowhere after the last step", #"peak: \d+ bytes planned, \d+ measured"#,
  ]

  /// What each kind of `PlanFault` alone says, but for those that no document can have.
  private static let faults = [
    "model_sha256: the plan is for", "profile: the plan was made", "alignment: expected",
    "the name is used twice", "expected the index of an activation", "expected element ",
    "expected a region inside", "expected a ring of", "expected an offset", "expected an end",
    "expected memory arena", "expected the exact size", "expected the index of an operator",
    "forms no sum", #"expected \d+ operands"#, #"operand \d+: expected a buffer,"#,
    #"operand \d+: expected a buffer of tensor"#, #"operand \d+: expected elements"#,
    #"operand \d+: expected null"#, "expected the name of a buffer",
    "outputs: expected a destination", "outputs: expected none in phase",
    "outputs: expected sums", "outputs: expected a result", "expected a tile inside",
    "state different regions", "reduce: expected none in phase", "reduce: expected a box",
    "unknown key",
  ]

  @Test func thereAreEnough() {
    let (refuted, equivalent) = (PlanFixture.refuted, PlanFixture.equivalent)
    #expect(refuted.count >= 40)
    #expect(refuted.count { $0.expected == "different" } >= 40)
    #expect(refuted.count { $0.expected == "inconclusive" } >= 3)
    #expect(equivalent.count >= 20)
    #expect(equivalent.first?.name == "identity")
    #expect(equivalent.allSatisfy { $0.expected == "equivalent" && $0.findings == [] })
    for name in Fixtures.names {
      #expect(refuted.contains { $0.model == "\(name)/\(name).tflite" })
      #expect(equivalent.contains { $0.model == "\(name)/\(name).tflite" })
    }
    for profile in ["tflm", "litert"] {
      #expect(refuted.contains { $0.profile == profile })
      #expect(equivalent.contains { $0.profile == profile })
    }
  }

  @Test(arguments: [("different", findings), ("malformed", faults)])
  func everyKindOccurs(_ expected: String, _ kinds: [String]) {
    let found = PlanFixture.refuted.filter { $0.expected == expected }.flatMap(\.findings)
    for kind in kinds {
      #expect(
        found.contains { $0.range(of: kind, options: .regularExpression) != nil }, "\(kind)")
    }
  }

  /// Every plan of a folder is in its index.
  @Test(arguments: ["refuted", "equivalent"]) func theIndexIsComplete(_ folder: String) throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(Fixtures.path)/\(folder)")
    let names = PlanFixture.all(in: folder).map { "\($0.name).json" }
    #expect(files.sorted() == (names + ["index.json"]).sorted())
  }

  @Test(arguments: PlanFixture.refuted) func isRefuted(_ fixture: PlanFixture) throws {
    let run = try fixture.verify("--json")
    let codes: [Int32: String] = [1: "different", 4: "malformed", 5: "inconclusive"]
    #expect(run.exitCode.flatMap { codes[$0] } == fixture.expected, "\(run.output)\(run.errors)")
    if fixture.expected == "malformed" {
      #expect(run.output == "")
      let errors = run.errors.replacing(fixture.path, with: "\(fixture.name).json")
      #expect(errors == fixture.findings.map { "\($0)\n" }.joined())
      return
    }
    let answer: Answer = try run.json()
    #expect(run.errors == "")
    #expect(answer.verdict == fixture.expected)
    #expect(answer.findings.count == fixture.count ?? fixture.findings.count)
    #expect(Array(answer.findings.prefix(fixture.findings.count)) == fixture.findings)
    if fixture.expected == "inconclusive" { try isInconclusive(fixture, answer) }
  }

  /// What is inconclusive is equal over the real numbers.
  private func isInconclusive(_ fixture: PlanFixture, _ answer: Answer) throws {
    #expect(answer.equalFingerprints == true)
    #expect(answer.shadowFindings == [])
    #expect(answer.reordersFloatSums)
    #expect(answer.reasons.count == 1)
    guard let tolerance = fixture.tolerance else { return }
    #expect(try fixture.verify("--float-tolerance", "\(tolerance)").exitCode == 0)
  }

  @Test(arguments: PlanFixture.equivalent) func isEquivalent(_ fixture: PlanFixture) throws {
    let run = try fixture.verify("--json")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    let answer: Answer = try run.json()
    #expect(answer.verdict == "equivalent")
    #expect(answer.findings == [])
    #expect(answer.shadowFindings == [])
    #expect(answer.equalFingerprints == true)
    #expect(answer.difference == nil)
    #expect(!answer.reordersFloatSums)
    #expect(answer.plannedPeakInBytes == fixture.peak)
    #expect(answer.measuredPeakInBytes == fixture.peak)
    #expect(answer.macs == fixture.macs)
  }
}

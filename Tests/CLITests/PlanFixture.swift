import Foundation
import TestSupport
import Testing

/// One entry of the index of `fixtures/refuted` or `fixtures/equivalent`: a plan, and what `verify`
/// must say of it.
struct PlanFixture: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  /// The model's file, relative to the fixtures.
  let model: String
  let profile: String
  /// What whoever made the plan did.
  let what: String
  /// The verdict, or `malformed`.
  let expected: String
  /// All findings, or the lines of the error output; the first few where there are more.
  let findings: [String]
  /// How many findings there are, where not all are listed.
  let count: Int?
  /// A tolerance of floats under which the plan is accepted.
  let tolerance: Double?
  /// Planned and measured, in bytes.
  let peak: Int?
  /// Multiply-accumulates of one run.
  let macs: Int?
  /// The folder that the plan lies in.
  var folder = ""

  private enum CodingKeys: String, CodingKey {
    case name, model, profile, what, expected, findings, count, tolerance, peak, macs
  }

  var testDescription: String { name }

  var path: String { "\(Fixtures.path)/\(folder)/\(name).json" }

  /// Runs `verify` on the plan.
  func verify(_ options: String...) throws -> Tool.Run {
    try Tool.run(
      [
        "verify", "\(Fixtures.path)/\(model)", "--plan", path, "--profile", profile,
        "--samples", "1",
      ] + options)
  }

  /// The entries of a folder's index; none if it cannot be read.
  static func all(in folder: String) -> [PlanFixture] {
    let index = URL(fileURLWithPath: "\(Fixtures.path)/\(folder)/index.json")
    let entries = try? JSONDecoder().decode([PlanFixture].self, from: Data(contentsOf: index))
    return (entries ?? []).map { entry in
      var entry = entry
      entry.folder = folder
      return entry
    }
  }

  /// Plans that are wrong, or that are not known to be right.
  static let refuted = all(in: "refuted")
  /// Plans that are right.
  static let equivalent = all(in: "equivalent")
}

import Foundation
import TestSupport
import Testing

/// Models rewritten as compilers export them, rightly and wrongly: `fixtures/rewritten`.
@Suite struct RewrittenTests {
  /// One entry of the index.
  struct Pair: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    /// Whether both models compute the same for finite numbers.
    let same: Bool
    let expected: String
    /// Verdicts of profiles that differ.
    let profiles: [String: String]?
    /// An input on which the models differ, or would, beside the pair.
    let inputs: String?

    var testDescription: String { name }

    func expected(_ profile: String) -> String { profiles?[profile] ?? expected }

    func path(_ file: String) -> String { "\(Fixtures.path)/rewritten/\(name)/\(file)" }

    static let all: [Pair] = {
      let index = URL(fileURLWithPath: "\(Fixtures.path)/rewritten/index.json")
      let pairs = try? JSONDecoder().decode([Pair].self, from: Data(contentsOf: index))
      return pairs ?? []
    }()
  }

  @Test func thereAreEnough() {
    #expect(Pair.all.count { $0.same && $0.expected == "equivalent" } >= 20)
    #expect(Pair.all.count { !$0.same } >= 20)
    // What is wrong is never proved, and some of it no sample shows.
    #expect(Pair.all.allSatisfy { $0.same || $0.expected != "equivalent" })
    #expect(Pair.all.count { !$0.same && $0.expected == "inconclusive" } >= 10)
  }

  @Test(arguments: Pair.all, ["tflm", "litert"]) func verdictIsExpected(
    _ pair: Pair, _ profile: String
  ) throws {
    let run = try Tool.run(
      "verify", pair.path("original.tflite"), "--against", pair.path("rewritten.tflite"),
      "--profile", profile)
    let codes: [Int32: String] = [0: "equivalent", 1: "different", 5: "inconclusive"]
    #expect(
      run.exitCode.flatMap { codes[$0] } == pair.expected(profile), "\(run.output)\(run.errors)")
  }

  /// What samples do not show, an input made for it does.
  @Test(arguments: Pair.all.filter { !$0.same && $0.inputs != nil })
  func anInputShowsWhatIsWrong(_ pair: Pair) throws {
    let folder = pair.path("").dropLast()
    let run = try Tool.run(
      "verify", pair.path("original.tflite"), "--against", pair.path("rewritten.tflite"),
      "--inputs", String(folder))
    #expect(run.exitCode == 1, "\(run.output)\(run.errors)")
  }
}

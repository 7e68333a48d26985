import Foundation
import Fuzz
import Glibc

/// What property-testing costs: processor time for a pair, and memory that grows with their number.
struct Fuzzing {
  private static let time = Goal(what: "a pair", limit: 5, unit: " ms")
  private static let memory = Goal(
    what: "memory after 5 times as many pairs", limit: 1.1, unit: "x")

  /// The pairs that warm up, after which memory is measured; and all of them.
  private static let pairs = (first: 4_000, all: 20_000)

  /// The figures against their goals, measured on one processor.
  static func figures() throws -> [(line: String, isMet: Bool)] {
    let start = clock()
    try run(count: pairs.first)
    let memory = residentBytes()
    try run(count: pairs.all - pairs.first, seed: 1)
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    return [
      time.judge("fuzz", seconds * 1000 / Double(pairs.all)),
      Self.memory.judge("fuzz", residentBytes() / memory),
    ]
  }

  private static func run(count: Int, seed: UInt64 = 0) throws {
    let options = CampaignOptions(count: count, seed: seed, generation: try GenerationOptions())
    try Campaign(options).run(jobs: 1, mayGoOn: { true }) { _ in }
  }

  /// What the process holds in memory.
  private static func residentBytes() -> Double {
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
      .split(separator: " ").dropFirst().first.flatMap { Double($0) }
    return (pages ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE)))
  }
}

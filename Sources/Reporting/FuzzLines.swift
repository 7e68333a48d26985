internal import Fuzz

/// What the shards of a run of `fuzz` printed as JSON lines, put together.
public struct FuzzLines {
  private struct Line: Decodable {
    let event: String
  }

  /// The failures, by the number of their pair.
  public private(set) var failures: [FuzzFailure] = []
  private var summaries: [FuzzSummary] = []

  /// Starts with none.
  public init() {}

  /// Adds the lines of a file.
  ///
  /// - Throws: a line that `fuzz` did not write, or a shard of another run, or one that was added already.
  public mutating func add(_ bytes: [UInt8], file: String) throws(FuzzLinesError) {
    var found = false
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
      do throws(RecordError) {
        switch try RecordError.decoding(Line.self, from: Array(line), as: "a line of fuzz").event {
        case FuzzFailure.event: failures.append(try FuzzFailure(parsing: Array(line)))
        case FuzzSummary.event:
          found = true
          summaries.append(try FuzzSummary(parsing: Array(line)))
        case let event: throw RecordError(expected: "a failure or a summary", found: event)
        }
      } catch {
        throw .unreadable(file: file, line: number + 1, error)
      }
    }
    guard found else { throw .noSummary(file: file) }
    guard let last = summaries.last, let first = summaries.first else { return }
    guard last.run == first.run else { throw .otherRun(file: file) }
    for shard in last.shards {
      guard shard.count == first.shards[0].count else {
        throw .otherDivision(file: file, expected: first.shards[0].count, found: shard.count)
      }
      if summaries.dropLast().contains(where: { $0.shards.contains(shard) }) {
        throw .twice(file: file, shard: "\(shard)")
      }
    }
    failures.sort { $0.pair < $1.pair }
  }

  /// What the whole came to; `nil` if nothing was added.
  public var summary: FuzzSummary? {
    guard let first = summaries.first else { return nil }
    let shards = summaries.flatMap(\.shards).sorted { $0.number < $1.number }
    let tally = summaries.reduce(into: CampaignTally()) { $0.merge($1.tally) }
    return FuzzSummary(
      first.run, shards: shards,
      isComplete: shards.count == shards[0].count && summaries.allSatisfy(\.isComplete),
      jobSeconds: summaries.reduce(0) { $0 + $1.jobSeconds }, tally: tally)
  }
}

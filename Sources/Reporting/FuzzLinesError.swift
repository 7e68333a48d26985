/// Why JSON lines are not those of shards of one run.
public enum FuzzLinesError: Error, Hashable {
  /// A line that `fuzz` did not write.
  case unreadable(file: String, line: Int, RecordError)
  /// A file without a summary: its shard was not done to the end.
  case noSummary(file: String)
  /// A shard of a run with other options.
  case otherRun(file: String)
  /// A shard of the same run, divided otherwise.
  case otherDivision(file: String, expected: Int, found: Int)
  /// A shard that was there already.
  case twice(file: String, shard: String)
}

extension FuzzLinesError: CustomStringConvertible {
  /// The file, what was expected, and what was found.
  public var description: String {
    switch self {
    case .unreadable(let file, let line, let error): "\(file), line \(line): \(error)"
    case .noSummary(let file):
      "\(file): expected a summary as the last line, found none; do the shard once more"
    case .otherRun(let file):
      "\(file): expected a shard of the first file's run, found one of other options; "
        + "give all shards the same --count, --seed and choices"
    case .otherDivision(let file, let expected, let found):
      "\(file): expected one of \(expected) shards, found one of \(found)"
    case .twice(let file, let shard): "\(file): shard \(shard) is in an earlier file already"
    }
  }
}

/// What one run of a tiler gave.
public enum TilerRun: Hashable, Sendable {
  /// It ended with exit code 0 and left a file of these bytes.
  case made([UInt8])
  /// It says that it has nothing for this model: exit code 2 (it does not fit) or 3 (it is not supported).
  case declined(reason: String)
  /// It crashed, took too long or left no file that is read.
  case failed(CaseFailure)
}

public import Fuzz

/// What `replay` shows: whether a saved failure is still one.
public struct ReplayDocument: Document {
  /// What is wrong now, beside what was wrong.
  public enum Verdict: String, Encodable, Sendable {
    /// It goes wrong in the same way.
    case same = "fails as it did"
    /// It goes wrong in another way.
    case other = "fails, and not as it did"
    /// Nothing is wrong any more.
    case sound = "no failure any more"
  }

  let recorded: FuzzFailure
  let kind: String?
  let message: String?
  /// What is wrong now.
  public let verdict: Verdict

  /// Compares what was recorded with what is wrong now.
  public init(_ recorded: FuzzFailure, now failure: CaseFailure?) {
    self.recorded = recorded
    kind = failure?.kind.rawValue
    message = failure?.message
    verdict =
      switch failure?.kind {
      case nil: .sound
      case recorded.kind: .same
      default: .other
      }
  }

  /// What was wrong, what is, and the verdict.
  public var text: String {
    """
    network    \(recorded.operators.joined(separator: ", ")); profile \(recorded.profile)
    recorded   \(recorded.kind.rawValue): \(recorded.message)
    now        \(kind.map { "\($0): \(message ?? "")" } ?? "no check finds anything wrong")
    verdict    \(verdict.rawValue)
    """
  }
}

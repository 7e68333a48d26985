/// What went wrong with a network and a program of it that should be equivalent.
public struct CaseFailure: Hashable, Sendable {
  /// What kind of thing went wrong: a case that is made simpler has to fail in the same way.
  public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
    /// The program cannot be made, though the tiling was made for the network.
    case refused
    /// The plan does not fit its network, or the rewritten model has other inputs or outputs.
    case malformed
    /// The static check has findings.
    case finding = "static finding"
    /// A run in the shadow arena has findings.
    case shadow = "shadow finding"
    /// An input gives other outputs.
    case difference
    /// No input that was tried gives other outputs, and the symbolic check finds no proof.
    case unproved
    /// An operator's results are beyond the error bound of its real-valued function.
    case errorBound = "beyond error bound"
    /// A mistake that was made on purpose was noticed by no check.
    case missedMistake = "missed mistake"
    /// The tiler crashed: it ended by a signal, or by an exit code that says neither yes nor no.
    case crashed
    /// The tiler took too long.
    case timedOut = "time-out"
    /// The tiler left no file, or one that is no program.
    case nonsense
  }

  /// The kind.
  public let kind: Kind
  /// Where, what was expected, and what was found.
  public let message: String

  /// Says what went wrong.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

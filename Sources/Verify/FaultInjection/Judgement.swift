/// What the checks made of a mutant.
struct Judgement: Hashable, Sendable {
  /// Who caught it, if anybody.
  enum Outcome: Hashable, Sendable {
    /// It does not even fit its network.
    case malformed
    /// The ownership walk has findings.
    case walk
    /// The walk has none, but the plan cannot be run, its fingerprints differ, or it adds floats in
    /// another order.
    case symbolic
    /// No check refutes it, and it computes the same bytes: no mistake after all.
    case equivalent
    /// No check refutes it, and on the input of that name it computes other bytes.
    case missed(sample: String)
  }

  /// The outcome.
  let outcome: Outcome
  /// Whether fingerprints are equal; `nil` where the symbolic check was not run.
  let hasEqualFingerprints: Bool?
}

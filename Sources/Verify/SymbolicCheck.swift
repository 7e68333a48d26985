public import Ops
public import TiledExec

/// Runs a plan and its network on fingerprints instead of numbers: equal outputs mean equal programs
/// for all inputs and all weights, but for an accident of the random key.
public enum SymbolicCheck {
  /// What the runs showed.
  public struct Result: Hashable, Sendable {
    /// Whether every output has one fingerprint in both programs, none of them poison.
    public let isEqual: Bool
    /// A bound on the probability that programs that differ have equal fingerprints.
    public let falseAcceptBound: Double
  }

  /// Runs a plan and its network under the key that belongs to `seed`.
  ///
  /// `identity` is `.operators` for plans of one network, `.parameters` for plans of two.
  ///
  /// - Throws: what keeps the plan from being run.
  public static func run(
    _ executor: Executor, reference: NetworkExecutor, seed: UInt64,
    identity: FieldKey.Identity = .operators
  ) throws(ExecutionError) -> Result {
    try SymbolicReference(reference, seed: seed, identity: identity).compare(executor)
  }
}

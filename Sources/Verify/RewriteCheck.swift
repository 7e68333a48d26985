public import Graph
public import Ops
internal import TiledExec
internal import Tensor

/// Compares two networks: what another compiler made of a model with the model itself.
///
/// The networks share neither operators nor weights, so that the symbolic check takes the weights
/// themselves as coefficients, and tells functions apart by their parameters.
public enum RewriteCheck {
  /// What the comparison showed, and the verdict.
  public struct Report: Sendable {
    /// What the runs on fingerprints showed.
    public let symbolic: SymbolicCheck.Result
    /// The first output on which the networks differ, on an input reduced to what that takes; `nil` if
    /// there was none on any sample.
    public let witness: InputWitness?
    /// How many inputs were tried.
    public let sampleCount: Int
    /// Whether the networks compute the same.
    public let verdict: Verdict
  }

  /// Runs both networks, every operator whole, on fingerprints and on every sample, or up to the first
  /// difference.
  ///
  /// The key of the symbolic check belongs to `seed`.
  ///
  /// - Throws: `InterfaceMismatch` unless both have the same inputs and outputs; an input that is not
  ///   theirs.
  public static func compare(
    _ rewritten: Graph, with original: Graph, profile: Profile, on samples: [Sample], seed: UInt64
  ) throws -> Report {
    try InterfaceMismatch.check(rewritten, original)
    let reference = try NetworkExecutor(original, profile: profile, isGuarded: true)
    let other = try NetworkExecutor(rewritten, profile: profile, isGuarded: true)
    let symbolic = try SymbolicReference(reference, seed: seed, identity: .parameters)
      .compare(other)
    var witness: InputWitness?
    var tried = 0
    for sample in samples where witness == nil {
      tried += 1
      guard try reference.run(sample.inputs) != other.run(sample.inputs) else { continue }
      witness = try InputWitness.reduced(
        sample, of: original, tries: WitnessSearch.tries(work: original.macs + rewritten.macs),
        expected: { try reference.run($0) }, actual: { try other.run($0) })
    }
    return Report(
      symbolic: symbolic, witness: witness, sampleCount: tried,
      verdict: verdict(symbolic, witness?.difference, tried))
  }

  private static func verdict(
    _ symbolic: SymbolicCheck.Result, _ difference: OutputDifference?, _ tried: Int
  ) -> Verdict {
    if let difference { return .different(.output(difference)) }
    var reasons: [Verdict.Reason] = []
    if !symbolic.isEqual { reasons.append(.fingerprintsDiffer) }
    if tried == 0 { reasons.append(.noInputs) }
    return reasons.isEmpty ? .equivalent : .inconclusive(reasons)
  }
}

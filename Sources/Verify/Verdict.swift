public import TiledExec

/// Whether a plan computes what its network computes.
public enum Verdict: Hashable, Sendable {
  /// Every check that was asked for was made, and none found a difference.
  case equivalent
  /// The plan is wrong, and here is how.
  case different(Evidence)
  /// Not everything could be checked.
  case inconclusive([Reason])

  /// What shows that a plan is wrong.
  public enum Evidence: Hashable, Sendable {
    /// The plan alone: all findings, never none.
    case findings([Finding])
    /// What a run in the shadow arena showed, never nothing.
    case shadow([ShadowFinding])
    /// An input on which outputs differ.
    case difference(Difference)
    /// An input on which two networks' outputs differ.
    case output(OutputDifference)
  }

  /// Why there is no verdict.
  public enum Reason: Hashable, Sendable {
    /// The programs' fingerprints differ, which alone refutes nothing: a network may compute the same by
    /// other means.
    case fingerprintsDiffer
    /// Sums of floats are added in another order, which is the same over the real numbers and is rounded
    /// otherwise; `difference` is the largest that the inputs tried showed, relative to the largest
    /// output.
    case reordersFloatSums(difference: Double)
    /// Operators whose results are not what their real-valued functions say, so that agreement with
    /// them shows little; never none.
    case beyondErrorBound([OperatorDeviation])
    /// No input was tried.
    case noInputs
  }
}

extension Verdict.Reason: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .fingerprintsDiffer:
      "the symbolic check found no proof for all inputs, and no input tried shows a difference"
    case .reordersFloatSums(let difference):
      "sums of floats are added in another order: equal over the real numbers, and off by "
        + "\(difference) of the largest output at most on the inputs tried; "
        + "a --float-tolerance of that, and above 0, accepts it"
    case .beyondErrorBound(let deviations):
      "\(deviations.count) results are beyond the error bound of their operator, the first: "
        + "\(deviations[0])"
    case .noInputs: "no input was tried; ask for at least one sample"
    }
  }
}

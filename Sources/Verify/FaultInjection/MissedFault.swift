public import Graph

/// A mistake that no check found: a hole in the checker.
public struct MissedFault: Hashable, Sendable, CustomStringConvertible {
  /// What kind of mistake it is.
  public let faultClass: FaultClass
  /// The edit of the plan.
  public let edit: String
  /// The plan with the mistake.
  public let plan: Plan
  /// The input on which outputs differ.
  public let sample: String

  /// The mistake, its place, and the input on which it shows.
  public var description: String {
    "\(faultClass.rawValue): \(edit); outputs differ on input \(sample)"
  }
}

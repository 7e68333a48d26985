/// What became of the mutants of one class.
public struct FaultTally: Hashable, Sendable {
  /// The class.
  public let faultClass: FaultClass
  /// How many places the plans have for it.
  public internal(set) var possible = 0
  /// How many of them were tried: one mutant each.
  public internal(set) var places = 0
  /// Mutants that do not even fit the network.
  public internal(set) var malformed = 0
  /// Mutants that fit, and that the ownership walk refutes.
  public internal(set) var walk = 0
  /// Mutants that the walk accepts, and that cannot be run or have other fingerprints.
  public internal(set) var symbolic = 0
  /// Mutants that all checks accept and that compute the same bytes: no mistakes after all.
  public internal(set) var equivalent = 0
  /// Mutants that all checks accept although they compute other bytes.
  public internal(set) var missed = 0
  /// How many mutants the symbolic check was run on, whatever the walk says.
  public internal(set) var symbolicRuns = 0
  /// How many of these have other fingerprints.
  public internal(set) var symbolicAlone = 0

  init(_ faultClass: FaultClass) { self.faultClass = faultClass }

  /// The counts of both.
  public static func + (left: FaultTally, right: FaultTally) -> FaultTally {
    var sum = left
    sum.possible += right.possible
    sum.places += right.places
    sum.malformed += right.malformed
    sum.walk += right.walk
    sum.symbolic += right.symbolic
    sum.equivalent += right.equivalent
    sum.missed += right.missed
    sum.symbolicRuns += right.symbolicRuns
    sum.symbolicAlone += right.symbolicAlone
    return sum
  }

  mutating func count(_ judgement: Judgement) {
    places += 1
    switch judgement.outcome {
    case .malformed: malformed += 1
    case .walk: walk += 1
    case .symbolic: symbolic += 1
    case .equivalent: equivalent += 1
    case .missed: missed += 1
    }
    guard let isEqual = judgement.hasEqualFingerprints else { return }
    symbolicRuns += 1
    if !isEqual { symbolicAlone += 1 }
  }
}

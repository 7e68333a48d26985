/// Which checks judge mutants.
///
/// All do, but where it is to be shown what one of them is worth, or that injection can fail.
public struct FaultChecks: OptionSet, Hashable, Sendable {
  /// One bit per check.
  public let rawValue: Int

  /// A set of checks by its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The ownership walk.
  public static let walk = FaultChecks(rawValue: 1)
  /// The symbolic check.
  public static let symbolic = FaultChecks(rawValue: 2)
  /// Both.
  public static let all: FaultChecks = [.walk, .symbolic]
}

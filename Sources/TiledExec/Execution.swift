public import Tensor

/// What one run of a plan did.
public struct Execution: Sendable {
  /// The network's outputs, row-major.
  public let outputs: [Bytes]
  /// Multiply-accumulates, by operator.
  public let macsByOperator: [Int]
  /// The arena bytes up to the highest one that no longer held the poison.
  public let highestByteWritten: Int
  /// What the shadow arena found, in the order of the steps; empty without one.
  public let shadowFindings: [ShadowFinding]

  /// All multiply-accumulates.
  public var macs: Int { macsByOperator.reduce(0, +) }
}

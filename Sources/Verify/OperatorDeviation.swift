/// How far a result of one operator is from its real-valued function of the operands that the operator
/// got.
public struct OperatorDeviation: Hashable, Sendable {
  /// The operator.
  public let op: Int
  /// Its name.
  public let operatorName: String
  /// The result.
  public let tensor: String
  /// The coordinate that is farthest off.
  public let coordinate: [Int]
  /// How far it is off: in steps of the tensor's codes, or in units of its numbers.
  public let largest: Double
  /// How far it may be off.
  public let bound: Double
  /// Whether both are in steps of codes.
  public let inSteps: Bool

  /// Whether the result is as near as the operator says.
  public let isWithinBound: Bool

  /// The distance, relative to the bound; 0 where there is no bound or no distance, infinite where the
  /// result is no number and should be one.
  public var ofBound: Double {
    guard bound.isFinite, largest != 0 else { return 0 }
    return largest.isNaN ? .infinity : largest / bound
  }
}

extension OperatorDeviation: CustomStringConvertible {
  /// The operator, how far it is off, and what its bound is.
  public var description: String {
    let unit = inSteps ? " steps" : ""
    return
      "operator \(op) (\(operatorName)) is off by \(largest.threeDigits) of \(bound.threeDigits)\(unit) "
      + "allowed, at \(tensor) \(coordinate)"
  }
}

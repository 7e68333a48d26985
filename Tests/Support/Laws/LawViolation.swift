/// One way in which an operator breaks a law.
public struct LawViolation: Hashable, Sendable, CustomStringConvertible {
  /// The law.
  public let law: OperatorLaw
  /// The operator's name in the schema.
  public let operatorName: String
  /// What was expected, what was found, and where.
  public let what: String

  /// Makes a violation.
  public init(_ law: OperatorLaw, _ operatorName: String, _ what: String) {
    self.law = law
    self.operatorName = operatorName
    self.what = what
  }

  /// The operator, the law, and what was found.
  public var description: String { "\(operatorName) breaks \(law.rawValue): \(what)" }
}

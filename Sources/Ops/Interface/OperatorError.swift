/// Operands, results or attributes that an operator does not take.
public struct OperatorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Who is at fault.
  public enum Kind: Hashable, Sendable {
    /// A sound network that asks for something not implemented here.
    case unsupported
    /// A network that contradicts itself.
    case invalid
  }

  /// What the complaint is about.
  public enum Subject: Hashable, Sendable {
    case operands
    case operand(Int)
    case output(Int)
    case attribute(String)
  }

  /// Who is at fault.
  public var kind: Kind
  /// What the complaint is about.
  public var subject: Subject
  /// What the operator takes.
  public var expected: String
  /// What it was given.
  public var found: String

  /// Makes the error.
  public init(_ kind: Kind, _ subject: Subject, expected: String, found: String) {
    self.kind = kind
    self.subject = subject
    self.expected = expected
    self.found = found
  }

  /// The error about operands that stand in another order: operand `i` is `order[i]` of the operator.
  func renumbered(_ order: [Int]) -> OperatorError {
    guard case .operand(let index) = subject, order.indices.contains(index) else { return self }
    return OperatorError(kind, .operand(order[index]), expected: expected, found: found)
  }

  /// What is wrong, where, and what was expected.
  public var description: String {
    let subject =
      switch subject {
      case .operands: "operands"
      case .operand(let index): "operand \(index)"
      case .output(let index): "output \(index)"
      case .attribute(let name): name
      }
    let word = kind == .unsupported ? "supported" : "expected"
    return "\(subject): \(word) \(expected), found \(found)"
  }
}

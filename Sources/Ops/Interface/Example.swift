/// An operator with operands that `check` accepts.
public struct Example: Sendable {
  /// The operator.
  public var operation: any Operator
  /// Its operands and results.
  public var signature: Signature

  /// Makes an example.
  public init(_ operation: any Operator, _ signature: Signature) {
    self.operation = operation
    self.signature = signature
  }
}

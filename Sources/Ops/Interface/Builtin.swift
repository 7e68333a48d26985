/// What an operator is called in TensorFlow Lite's schema.
public struct Builtin: Hashable, Sendable {
  /// Its name in the enumeration `BuiltinOperator`.
  public let name: String
  /// Its code there.
  public let code: Int
  /// The code of its options table in the union `BuiltinOptions`; 0 for one that has none.
  public let options: Int

  /// Names an operator.
  public init(_ name: String, _ code: Int, options: Int) {
    self.name = name
    self.code = code
    self.options = options
  }
}

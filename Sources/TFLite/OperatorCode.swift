internal import Ops

/// A kind of operator that a model uses.
public struct OperatorCode: Hashable, Sendable {
  /// The schema's code of the builtin operator; 32 for custom ones.
  public let builtinCode: Int
  /// The name of a custom operator.
  public let customCode: String?
  /// The version of the operator's definition.
  public let version: Int

  /// The custom name, the schema's name, or the code in words.
  public var name: String {
    if let customCode, builtinCode == Builtin.custom { return customCode }
    return BuiltinOperatorName.name(of: builtinCode) ?? "unknown operator \(builtinCode)"
  }
}

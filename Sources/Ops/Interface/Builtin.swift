public import Tensor

/// What an operator is called in TensorFlow Lite's schema: a builtin one by its code, a custom one by its
/// name.
public struct Builtin: Hashable, Sendable {
  /// The code of every custom operator in the enumeration `BuiltinOperator`.
  public static let custom = 32

  /// Its name in the enumeration `BuiltinOperator`, or the one that the model gives a custom operator.
  public let name: String
  /// Its code there.
  public let code: Int
  /// The code of its options table in the union `BuiltinOptions`; 0 for one that has none.
  public let options: Int
  /// The versions of its definition that added types of elements; what is not among them came with 1.
  public let versions: [ElementType: Int]
  /// The names of a custom operator's attributes: an attribute's slot is its place in this list.
  ///
  /// Those of a builtin operator are named in the schema.
  public let attributes: [String]

  /// Names a builtin operator.
  public init(
    _ name: String, _ code: Int, options: Int, versions: [ElementType: Int] = [:]
  ) {
    self.name = name
    self.code = code
    self.options = options
    self.versions = versions
    attributes = []
  }

  /// Names a custom operator, whose attributes are a map of FlexBuffers.
  public init(custom name: String, attributes: [String]) {
    self.name = name
    code = Self.custom
    options = 0
    versions = [:]
    self.attributes = attributes
  }

  /// Whether this is a custom operator.
  public var isCustom: Bool { code == Self.custom }

  /// The version of its definition that takes elements of this type.
  public func version(for element: ElementType?) -> Int { element.flatMap { versions[$0] } ?? 1 }
}

/// An option that cannot be read, because its bytes lie outside the table or are no such value, or whose
/// value the operator does not take.
public struct OptionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Who is at fault.
  public var kind: OperatorError.Kind
  /// The field's position in the options table; `nil` for the table itself.
  public var slot: Int?
  /// The type that the schema gives the field, or what the operator takes.
  public var expected: String
  /// Where the option should be, in bytes from the start of the file, or from that of a custom operator's
  /// options; `nil` for one that was read.
  public var offset: Int?

  /// Makes the error.
  public init(
    _ kind: OperatorError.Kind = .invalid, slot: Int?, expected: String, offset: Int? = nil
  ) {
    self.kind = kind
    self.slot = slot
    self.expected = expected
    self.offset = offset
  }

  /// What is wrong, where, and what was expected.
  public var description: String {
    let subject = slot.map { "option \($0)" } ?? "options"
    let word = kind == .unsupported ? "supported" : "expected"
    guard let offset else { return "\(subject): \(word) \(expected)" }
    return "\(subject): \(word) \(expected) at byte \(offset), found none; "
      + "the file is damaged, export it again"
  }
}

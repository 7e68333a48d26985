/// An option that cannot be read: its bytes lie outside the table or the file.
public struct OptionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The field's position in the schema's table.
  public var slot: Int
  /// The type that the schema gives the field.
  public var expected: String
  /// Where the field would start, in bytes from the start of the file; `nil` without a file.
  public var offset: Int?

  /// Makes the error.
  public init(slot: Int, expected: String, offset: Int? = nil) {
    self.slot = slot
    self.expected = expected
    self.offset = offset
  }

  /// What is wrong, where, and what was expected.
  public var description: String {
    let place = offset.map { " at byte \($0)" } ?? ""
    return "option \(slot): expected \(expected)\(place), found bytes outside its table; "
      + "the file is damaged, export it again"
  }
}

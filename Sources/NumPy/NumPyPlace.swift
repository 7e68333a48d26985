/// A position in a file that numpy wrote.
public struct NumPyPlace: Hashable, Sendable {
  /// The archive member, without ".npy"; `nil` in a file that is no archive and outside members.
  public let member: String?
  /// Bytes from the start of the whole file.
  public let offset: Int

  /// Makes a position.
  public init(member: String? = nil, offset: Int) {
    self.member = member
    self.offset = offset
  }
}

extension NumPyPlace: CustomStringConvertible {
  /// The member, if any, and the offset, for the beginning of a message.
  public var description: String {
    if let member { "member \(member.debugDescription), byte \(offset)" } else { "byte \(offset)" }
  }
}

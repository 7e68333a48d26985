/// A part of a model and where it is in the file.
public struct ModelPlace: Hashable, Sendable {
  /// The part.
  public var path: ModelPath
  /// Bytes from the start of the file; negative or past the end where a damaged file points there.
  public var offset: Int

  /// Makes a place.
  public init(_ path: ModelPath, _ offset: Int) {
    self.path = path
    self.offset = offset
  }
}

extension ModelPlace: CustomStringConvertible {
  /// The path, and the byte in brackets.
  public var description: String { "\(path) (byte \(offset))" }
}

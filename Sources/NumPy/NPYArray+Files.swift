internal import Files
internal import Tensor

extension NPYArray {
  /// Maps the .npy file at `path`; throws ``FileError`` or ``NumPyError``.
  public init(contentsOf path: String) throws {
    try self.init(parsing: MappedFile.bytes(of: path))
  }

  /// Writes the .npy file at `path`, which is complete or, after an error, what it was before.
  public func write(to path: String) throws {
    let file = serialized()
    try file.withUnsafeBytes { try AtomicFile.write($0, to: path) }
  }
}

internal import Glibc

/// Why a file could not be read or written.
public enum FileError: Error, Hashable, Sendable {
  /// A call to the system that failed.
  public enum Operation: String, Hashable, Sendable {
    case open, inspect, map, create, write, synchronize, close, replace
  }

  /// The system refused `operation`; `code` is its `errno`.
  case refused(Operation, path: String, code: Int32)
  /// There is a directory, a pipe or a device where a regular file is needed.
  case notRegularFile(path: String)
  /// There is a link, a pipe or a device where a file is to be written.
  case notReplaceable(path: String)

  /// The path that was asked for.
  public var path: String {
    switch self {
    case .refused(_, let path, _), .notRegularFile(let path), .notReplaceable(let path): path
    }
  }
}

extension FileError: CustomStringConvertible {
  /// The path and why it could not be used, on one line.
  public var description: String {
    switch self {
    case .refused(let operation, let path, let code):
      "cannot \(operation) \(path.debugDescription): \(String(cString: strerror(code)))"
    case .notRegularFile(let path):
      "cannot read \(path.debugDescription): expected a regular file, "
        + "found a directory, a pipe or a device"
    case .notReplaceable(let path):
      "cannot replace \(path.debugDescription): expected a regular file, or none, "
        + "found a link, a pipe or a device; name the file itself"
    }
  }
}

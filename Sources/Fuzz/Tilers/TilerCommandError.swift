public import Files
internal import Glibc

/// Why a tiler cannot be run at all, which says nothing about what it makes.
public enum TilerCommandError: Error, Hashable, Sendable {
  /// The command has no place for a path.
  case noPlaceholder(String, template: String)
  /// The command has a byte 0 in it, which no shell takes.
  case zeroByte
  /// No time limit that can be kept.
  case secondsLimit(Int)
  /// The system refused to make a folder; `code` is its `errno`.
  case folder(path: String, code: Int32)
  /// The model could not be written.
  case file(FileError)
  /// The system refused to start `timeout`, or to wait for it; `code` is its `errno`.
  case process(code: Int32)
  /// The shell found no such program, or none that may be executed.
  case cannotRun(template: String, printed: String)
}

extension TilerCommandError: CustomStringConvertible {
  /// What was expected, what was found, and what to do.
  public var description: String {
    switch self {
    case .noPlaceholder(let placeholder, let template):
      "the tiler's command: expected \(placeholder) in it, found none in \(template.debugDescription); "
        + "write for example 'my-tiler {model} {out}'"
    case .zeroByte: "the tiler's command: expected text, found a byte 0 in it"
    case .secondsLimit(let seconds):
      "the tiler's time limit: expected 1...86400 seconds, found \(seconds)"
    case .folder(let path, let code):
      "cannot make a folder in \(path.debugDescription): \(String(cString: strerror(code)))"
    case .file(let error): "\(error)"
    case .process(let code):
      "cannot run `timeout` of the GNU core utilities: \(String(cString: strerror(code)))"
    case .cannotRun(let template, let printed):
      "the tiler's command: expected one that a shell can run, found \(template.debugDescription); "
        + printed
    }
  }
}

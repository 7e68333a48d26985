import ArgumentParser

/// A saved failure that says something that cannot be.
enum BundleFailure: CommandFailure, CustomStringConvertible {
  /// A name that nothing has.
  case unknown(String, String, file: String)

  var exitCode: ExitCode { .malformed }

  var description: String {
    switch self {
    case .unknown(let what, let name, let file):
      "\(file): expected the name of a \(what), found \(name)"
    }
  }
}

import ArgumentParser
import Tensor

/// Arrays that are not the network's inputs or outputs.
enum InputFailure: Error {
  /// A file or member that should be there.
  case missing(String)
  /// An array of another element type or shape.
  case mismatch(String, expected: TensorType, element: ElementType, shape: Shape)
  /// A recording with more inputs or outputs than the network has.
  case tooMany(String, expected: Int, found: Int)
  /// A folder that should hold nothing.
  case notEmpty(String, found: String)
  /// A recording without a single case.
  case noCases(String)
}

extension InputFailure: CommandFailure, CustomStringConvertible {
  var exitCode: ExitCode { if case .notEmpty = self { .usage } else { .malformed } }

  var description: String {
    switch self {
    case .missing(let name): "expected \(name), found none"
    case .mismatch(let name, let expected, let element, let shape):
      "\(name): expected \(expected), found \(element)\(shape)"
    case .tooMany(let prefix, let expected, let found):
      "\(prefix): expected at most \(expected), as the network has, found \(found)"
    case .notEmpty(let path, let found):
      "\(path): expected a folder that is empty or not there yet, found \(found) in it"
    case .noCases(let name):
      "\(name): expected members c0_in0, c0_out0, ...; found no case; "
        + "see `tilewright help check`"
    }
  }
}

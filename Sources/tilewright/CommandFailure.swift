import ArgumentParser
import Files
import Fuzz
import Graph
import NumPy
import Planning
import Reporting
import TFLite
import TiledExec
import Verify

/// A failure that has an exit code of its own.
protocol CommandFailure: Error {
  var exitCode: ExitCode { get }
}

extension ExitCode {
  /// The plan, or the network, is not what it should be.
  static let different = ExitCode(1)
  /// There is not enough memory.
  static let doesNotFit = ExitCode(2)
  /// The network asks for something that is not implemented.
  static let unsupported = ExitCode(3)
  /// The input contradicts itself, or belongs to another model.
  static let malformed = ExitCode(4)
  /// There is no verdict.
  static let inconclusive = ExitCode(5)
  /// A file that cannot be read, or wrong arguments.
  static let usage = ExitCode(64)
  /// Something that we got wrong.
  static let ourError = ExitCode(70)
}

extension FileError: CommandFailure {
  var exitCode: ExitCode { .usage }
}

extension ImportError: CommandFailure {
  var exitCode: ExitCode { isUnsupported ? .unsupported : .malformed }
}

extension JSONError: CommandFailure {
  var exitCode: ExitCode { .malformed }
}

extension PlanFaults: CommandFailure {
  var exitCode: ExitCode { .malformed }
}

extension TilingError: CommandFailure {
  var exitCode: ExitCode { .malformed }
}

extension NumPyError: CommandFailure {
  var exitCode: ExitCode { .malformed }
}

extension ExecutionError: CommandFailure {
  /// A plan that cannot be run is wrong; an input that does not fit is malformed.
  var exitCode: ExitCode {
    if case .inputMismatch = self { .malformed } else { .different }
  }
}

extension TilerCommandError: CommandFailure {
  var exitCode: ExitCode { .usage }
}

extension RecordError: CommandFailure {
  var exitCode: ExitCode { .malformed }
}

extension FuzzLinesError: CommandFailure {
  var exitCode: ExitCode { .malformed }
}

extension InterfaceMismatch: CommandFailure {
  var exitCode: ExitCode { .malformed }
}

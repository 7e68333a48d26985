import Foundation
import TestSupport

/// The built command line, which lies beside the test bundle's executable.
enum Tool {
  /// What one run of it did.
  struct Run {
    /// The exit code; `nil` if a signal ended the process.
    let exitCode: Int32?
    /// What it printed for the caller.
    let output: String
    /// What it printed to standard error.
    let errors: String

    /// The printed JSON.
    func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
      try JSONDecoder().decode(type, from: Data(output.utf8))
    }
  }

  /// Its path.
  static let path = Result { () throws(BuiltProduct.NotFound) in
    try BuiltProduct.path("tilewright")
  }

  /// Runs it with `arguments` in an empty folder.
  static func run(_ arguments: String...) throws -> Run { try run(arguments) }

  /// Runs it with `arguments` in an empty folder.
  static func run(_ arguments: [String]) throws -> Run {
    try run(path.get(), arguments)
  }

  /// Runs it by a shell's `script`, in which "$TOOL" stands for it.
  static func run(script: String, _ arguments: String...) throws -> Run {
    try run("/bin/sh", ["-c", "TOOL='\(path.get())'; \(script)", "sh"] + arguments)
  }

  private static func run(_ executable: String, _ arguments: [String]) throws -> Run {
    // Files, not pipes: nobody has to empty them meanwhile.
    let folder = try TemporaryDirectory()
    let work = folder.path + "/work"
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: false)
    let (output, errors) = (folder.path + "/out", folder.path + "/err")
    for file in [output, errors] { try Data().write(to: URL(fileURLWithPath: file)) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: work)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    return Run(
      exitCode: process.terminationReason == .exit ? process.terminationStatus : nil,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}

import ArgumentParser
import Files
import Fuzz
import Reporting
import Tensor

struct FuzzMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Adds up what the shards of a run printed with --json.",
    discussion:
      "Exit code 0: all shards are there, without failure; 1: failures; 5: shards are missing or were stopped."
  )

  @Argument(help: "Files with the JSON lines of one shard each.")
  var files: [String]

  @Flag(help: "Print JSON, one line per failure and one for the run.")
  var json = false

  func run() throws {
    var lines = FuzzLines()
    for file in files {
      try lines.add(MappedFile.bytes(of: file).elements(of: UInt8.self), file: file)
    }
    guard let summary = lines.summary else { throw ValidationError("Expected at least one file.") }
    for failure in lines.failures { print(json ? try failure.jsonLine() : failure.text) }
    try FuzzRunCommand.end(summary, json: json)
  }
}

import ArgumentParser
import Fuzz
import Reporting

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Checks a failure that fuzz saved once more.",
    discussion: "Exit code 0: nothing is wrong any more; 1: it still goes wrong.")

  @Argument(help: "The folder of the failure.")
  var folder: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let saved = try SavedCase(FailureBundle(path: folder))
    let document = ReplayDocument(saved.record, now: try saved.failure())
    try Terminal.show(document, json: json)
    if document.verdict != .sound { throw ExitCode.different }
  }
}

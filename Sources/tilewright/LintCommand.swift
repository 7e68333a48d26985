import ArgumentParser
import Reporting

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Checks the offline memory plan that a model carries for TensorFlow Lite Micro.",
    discussion: """
      TensorFlow Lite Micro takes the offsets of the metadata OfflineMemoryAllocation as they are. \
      Here they are held against the lifetimes that it derives. Exit code 0: sound, or no plan; 1: \
      there are findings.
      """)

  @OptionGroup var options: ModelOptions

  func run() throws {
    let check = try OfflineCheck(options.load())
    try Terminal.show(check.document(name: options.name), json: options.json)
    if !check.findings.isEmpty { throw ExitCode.different }
  }
}

import ArgumentParser
import Ops
import Reporting

struct OpsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ops",
    abstract: "Lists every operator: its types, how it may be cut, and what it may overwrite.",
    discussion: "The operators of the catalogue are asked; nothing is written down twice.")

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws { try Terminal.show(OpsDocument(Catalog.capabilities), json: json) }
}

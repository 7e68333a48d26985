import ArgumentParser
import Graph
import Reporting
import TFLite

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Lists what is in a model, and what is not supported.")

  @OptionGroup var options: ModelOptions

  func run() throws {
    let imported = try options.load()
    let graph = Result { () throws(ImportError) in try imported.graph() }
    if case .failure(let error) = graph, !error.isUnsupported { throw error }
    let unsupported =
      if case .failure(let error) = graph {
        error.description.split(separator: "\n").map(String.init)
      } else {
        [String]()
      }
    try Terminal.show(
      InspectDocument(
        name: options.name, imported, macs: try? graph.get().macs, unsupported: unsupported),
      json: options.json)
    if !unsupported.isEmpty { throw ExitCode.unsupported }
  }
}

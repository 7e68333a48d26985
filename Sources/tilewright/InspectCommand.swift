import ArgumentParser
import Graph
import Reporting
import TFLite

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Lists what is in a model, and what is not supported.",
    discussion: """
      Nothing is run. Every operator and tensor that is not supported is listed, with the reason, and \
      the exit code is 3 then.
      """)

  @OptionGroup var options: ModelOptions

  func run() throws {
    let imported = try options.load()
    let (graph, refusals) = try Self.graph(of: imported)
    try Terminal.show(
      InspectDocument(name: options.name, imported, graph: graph, refusals: refusals),
      json: options.json)
    if !refusals.isEmpty { throw ExitCode.unsupported }
  }

  /// The graph, or all that is refused where some of it is not supported.
  private static func graph(of imported: ImportedModel) throws -> (Graph?, [ModelRefusal]) {
    do throws(ImportError) {
      return (try imported.graph(), [])
    } catch {
      guard case .refused(let refusals) = error, error.isUnsupported else { throw error }
      return (nil, refusals)
    }
  }
}

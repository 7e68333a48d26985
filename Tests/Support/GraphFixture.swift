internal import Files
public import Graph
internal import TFLite

/// The graphs of models, as the importer makes them.
public enum GraphFixture {
  private static let graphs = Dictionary(
    uniqueKeysWithValues: Fixtures.names.map { name in
      (name, Result { try graph(at: Fixtures.model(name)) })
    })

  /// The graph of one of the project's own models, read once.
  public static func graph(_ name: String) throws -> Graph {
    try graphs[name]?.get() ?? graph(at: Fixtures.model(name))
  }

  /// The graph of a model file.
  public static func graph(at path: String) throws -> Graph {
    try ImportedModel(parsing: MappedFile.bytes(of: path)).graph()
  }
}

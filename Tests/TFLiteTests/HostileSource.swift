import Files
import Fuzz
import Ops
import TFLite
import Tensor
import TestSupport

/// A sound model whose file is to be damaged.
struct HostileSource: Codable, Hashable, Sendable {
  /// `tiny`, the name of an operator, or that of a fixture or of a model of the corpus.
  let name: String

  /// The bytes of the file.
  var content: [UInt8] {
    get throws {
      if name == "tiny" { return TinyNetwork.file.content }
      if let family = Catalog.operators.first(where: { $0.builtins[0].name == name }) {
        var generator = SplitMix64(seed: 8)
        return try ModelWriter.bytes(
          of: ExampleNetwork.graph(of: family.random(using: &generator)))
      }
      let path =
        Fixtures.names.contains(name) ? Fixtures.model(name) : TestSupport.Corpus.model(name)
      return try MappedFile.bytes(of: path).elements(of: UInt8.self)
    }
  }

  static let tiny = HostileSource(name: "tiny")
  /// Models of one operator, with subgraphs behind the first one.
  static let subgraphs = ["IF", "READ_VARIABLE"].map(HostileSource.init)
  /// Small models of the project.
  static let fixtures = ["residual_block", "gesture_net", "magic_wand"].map(HostileSource.init)
  /// Small models of the corpus; none where it is not there.
  static let corpus =
    TestSupport.Corpus.isPresent
    ? [
      "hello_world_i8", "keyword_scrambled_8bit", "keyword_scrambled_i16", "mnist_lstm_i8",
      "seanet_conv0",
    ].map(HostileSource.init) : []
}

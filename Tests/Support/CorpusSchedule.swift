internal import Graph

/// In which order the supported models of the corpus are drawn from: round by round, each round from
/// the smallest to the largest, and large ones in few rounds.
public enum CorpusSchedule {
  /// The model that `seed` draws from.
  public static func model(_ seed: UInt64) -> String { order[Int(seed % UInt64(order.count))] }

  /// How many models are supported.
  public static var modelCount: Int { models.count }

  /// The supported models, from the smallest to the largest.
  private static let models = Corpus.names.compactMap { name in
    (try? GraphFixture.graph(at: Corpus.model(name))).map { (name: name, macs: $0.macs) }
  }.sorted { ($0.macs, $0.name) < ($1.macs, $1.name) }

  private static let order = (0..<16).flatMap { round in
    models.filter { round < rounds(macs: $0.macs) }.map(\.name)
  }

  private static func rounds(macs: Int) -> Int {
    if macs < 1_000_000 { return 16 }
    if macs < 10_000_000 { return 8 }
    return macs < 30_000_000 ? 4 : 2
  }
}

import Tensor
import TestSupport
import Testing

/// Files with a few bits turned over, one per seed.
struct DamagedFiles: Codable, CustomTestStringConvertible, Sendable {
  let source: HostileSource
  /// The seeds.
  var seeds: Range<UInt64>

  var testDescription: String { "\(source.name), seeds \(seeds)" }

  /// Reads each file, and runs what is still a small network; counts the fates.
  func read() throws -> [ModelFate: Int] {
    let content = try source.content
    var fates: [ModelFate: Int] = [:]
    for seed in seeds {
      var generator = SplitMix64(seed: seed)
      var damaged = content
      for _ in 0...Int.random(in: 0..<3, using: &generator) {
        let index = Int.random(in: damaged.indices, using: &generator)
        damaged[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      let inputs = (0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let fate = ModelFate.of(Bytes(copying: damaged), running: inputs, work: Self.work)
      fates[fate, default: 0] += 1
    }
    return fates
  }

  /// The work that is still small: that of the tiny network, and more.
  private static let work = 1 << 17

  /// The two halves of the seeds; none of a single one.
  var halves: [DamagedFiles] {
    guard seeds.count > 1 else { return [] }
    let middle = seeds.lowerBound + UInt64(seeds.count / 2)
    return [seeds.lowerBound..<middle, middle..<seeds.upperBound].map {
      DamagedFiles(source: source, seeds: $0)
    }
  }

  /// Blocks of seeds: `draws` of them, or as many as the environment says.
  static func blocks(_ source: HostileSource, draws: UInt64) -> [DamagedFiles] {
    Budget.blocks(of: max(draws / 4, 1), draws: draws).map {
      DamagedFiles(source: source, seeds: $0)
    }
  }

  /// 100,000 of the project's models, and others of the corpus.
  static let all =
    blocks(.tiny, draws: 60_000)
    + HostileSource.subgraphs.flatMap { blocks($0, draws: 10_000) }
    + zip(HostileSource.fixtures, [20_000, 10_000, 10_000] as [UInt64]).flatMap(blocks)
    + HostileSource.corpus.flatMap { blocks($0, draws: 2000) }
}

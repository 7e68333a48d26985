import Fuzz
import Ops
import Planning
import Synchronization
import Testing
import Verify

@Suite struct CampaignTests {
  private static func options(_ count: Int, seed: UInt64 = 1) throws -> CampaignOptions {
    CampaignOptions(count: count, seed: seed, generation: try GenerationOptions())
  }

  private func tally(_ campaign: Campaign, jobs: Int = 2) throws -> CampaignTally {
    let tally = Mutex(CampaignTally())
    try campaign.run(jobs: jobs, mayGoOn: { true }) { round in
      for failure in round.failures {
        Issue.record("pair \(failure.pair): \(failure.failure.kind): \(failure.failure.message)")
      }
      tally.withLock { $0.merge(round.tally) }
    }
    return tally.withLock { $0 }
  }

  /// Random plans of random networks are sound, mistakes are noticed, and little is left out.
  @Test func nothingFails() throws {
    let tally = try tally(Campaign(Self.options(2000)))
    #expect(tally.pairCount == 2000)
    #expect(tally.failureCount == 0)
    #expect(tally.coverage.planCount == 2000)
    #expect(tally.coverage.missingOfPlans() == [])
    let kinds = FaultClass.allCases.map(\.rawValue) + TilingMistake.allCases.map(\.rawValue)
    for kind in kinds {
      let count = try #require(tally.mistakes[kind], "\(kind)")
      #expect(count.noticed > 0, "\(kind)")
      #expect(count.missed == 0, "\(kind)")
    }
    // A wrong tiling is always one; a wrong plan may compute the same by luck.
    for kind in TilingMistake.allCases { #expect(tally.mistakes[kind.rawValue]?.harmless == 0) }
  }

  @Test func shardsAddUpToTheWhole() throws {
    let options = try Self.options(101, seed: 3)
    let whole = try tally(Campaign(options))
    var parts = CampaignTally()
    for number in 1...3 {
      let shard = try #require(Shard(number, of: 3))
      parts.merge(try tally(Campaign(options, shard: shard)))
    }
    #expect(parts == whole)
    #expect(whole.pairCount == 101)
  }

  @Test func aSeedIsARun() throws {
    let once = try tally(Campaign(Self.options(60)), jobs: 1)
    #expect(try tally(Campaign(Self.options(60)), jobs: 3) == once)
    #expect(try tally(Campaign(Self.options(60, seed: 2))).digest != once.digest)
    #expect(try tally(Campaign(Self.options(59))).digest != once.digest)
  }

  @Test func stopsWhenItMayNotGoOn() throws {
    let left = Mutex(3)
    let done = Mutex(0)
    try Campaign(Self.options(1000)).run(
      jobs: 1,
      mayGoOn: {
        left.withLock {
          $0 -= 1; return $0 >= 0
        }
      },
      take: { _ in done.withLock { $0 += 1 } })
    #expect(done.withLock { $0 } == 3)
  }

  @Test(arguments: SearchMode.allCases) func drawsTheKindsOfGroupsAskedFor(
    _ mode: SearchMode
  ) throws {
    var options = try Self.options(120)
    options.modes = [mode]
    options.profile = .litert
    let coverage = try tally(Campaign(options)).coverage
    for other in SearchMode.allCases {
      #expect((coverage[.plans, other.rawValue] > 0) == (other == mode))
    }
    #expect(!coverage.missingOfPlans(modes: [mode]).contains(mode.rawValue))
  }

  /// A given network is what plans are drawn of, and is not counted as drawn.
  @Test func checksPlansOfAGivenNetwork() throws {
    let graph = GraphGenerator(try GenerationOptions()).graph(seed: 12)
    let tally = try tally(Campaign(Self.options(20), model: graph))
    #expect(tally.pairCount == 20)
    #expect(tally.coverage.graphCount == 0)
    #expect(tally.coverage.planCount == 20)
  }
}

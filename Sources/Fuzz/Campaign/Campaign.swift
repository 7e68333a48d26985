public import Graph
internal import Ops
internal import Synchronization
internal import Tensor

/// A run of random plans, or of what a tiler makes, of random networks or of one network, through all checks.
public struct Campaign: Sendable {
  /// What is drawn.
  public private(set) var options: CampaignOptions
  /// Which part of it.
  public let shard: Shard
  /// The program whose work is checked; `nil` for plans that are drawn.
  public let tiler: TilerCommand?
  /// The one network, and what judges it by profile.
  private let given: (graph: Graph, judges: [Profile: CaseJudge])?

  /// Prepares a run over random networks, or over `model`; a tiler is given each network once.
  ///
  /// - Throws: what keeps the model from being run.
  public init(
    _ options: CampaignOptions, model: Graph? = nil, tiler: TilerCommand? = nil,
    shard: Shard = .whole
  ) throws {
    self.options = options
    self.options.plansPerNetwork = tiler == nil ? options.plansPerNetwork : 1
    self.shard = shard
    self.tiler = tiler
    given = try model.map { model in
      let profiles = options.profile.map { [$0] } ?? Profile.all
      let judges = try profiles.map { profile in
        let judge = try CaseJudge(
          model, profile: profile, samples: options.samples, seed: options.seed)
        return (profile, judge)
      }
      return (model, Dictionary(uniqueKeysWithValues: judges))
    }
  }

  /// How many networks are drawn in this part.
  public var roundCount: Int { shard.count(below: options.roundCount) }

  /// Does one round after the other, `jobs` of them at a time, until all are done or `mayGoOn` says no.
  ///
  /// Rounds are given to `take` in the order in which they end, from several threads at a time.
  ///
  /// - Throws: the first error that `round(_:)` throws; no round is begun after it.
  public func run(
    jobs: Int, mayGoOn: @Sendable () -> Bool, take: @Sendable (CampaignRound) -> Void
  ) throws {
    let rounds = shard.indices(below: options.roundCount)
    let next = Mutex(rounds.makeIterator())
    let error = Mutex<(any Error)?>(nil)
    _ = Parallel.map(jobs) { _ in
      while mayGoOn(), error.withLock({ $0 == nil }), let index = next.withLock({ $0.next() }) {
        do {
          take(try round(index))
        } catch let failure {
          error.withLock { $0 = $0 ?? failure }
        }
      }
    }
    if let error = error.withLock({ $0 }) { throw error }
  }

  /// Draws one network and its plans, or gives it to the tiler, and checks them.
  ///
  /// - Throws: what keeps the tiler from being run at all.
  public func round(_ index: Int) throws -> CampaignRound {
    let seed = options.seed(ofRound: index)
    var generator = SplitMix64(seed: seed)
    let networkSeed = generator.next()
    let profile = options.profile ?? Profile.all.randomElement(using: &generator) ?? .tflm
    let graph = given?.graph ?? GraphGenerator(options.generation).graph(seed: networkSeed)
    let first = index * options.plansPerNetwork
    var round = CampaignRound(
      graph, isDrawn: given == nil, seed: seed, samples: options.samples,
      pairs: first..<min(options.count, first + options.plansPerNetwork))
    if let tiler {
      try round.check(tiler, profile)
      return round
    }
    do {
      let judge =
        try given?.judges[profile]
        ?? CaseJudge(graph, profile: profile, samples: options.samples, seed: seed)
      round.checkPlans(PlanDraw(modes: options.modes, profile: profile), judge, using: &generator)
    } catch {
      round.add(CaseFailure(.refused, "\(error)"), PlanRecipe(profile: profile))
    }
    return round
  }
}

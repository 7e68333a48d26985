internal import Ops

/// Something that went wrong in a run, and where.
public struct CampaignFailure: Sendable {
  /// The number of the pair in the whole run; that of the first pair of its network for a mistake.
  public let pair: Int
  /// What was checked.
  public let subject: FuzzCase
  /// What went wrong.
  public let failure: CaseFailure
  /// From what inputs and the symbolic check's key are drawn.
  public let seed: UInt64
  /// How many random inputs are drawn.
  public let samples: Int
  /// The program that made the plan, if it is not drawn.
  public let tiler: TilerCommand?

  /// A failure of a run, or of a case that came about otherwise.
  public init(
    pair: Int = 0, subject: FuzzCase, failure: CaseFailure, seed: UInt64, samples: Int = 1,
    tiler: TilerCommand? = nil
  ) {
    self.pair = pair
    self.subject = subject
    self.failure = failure
    self.seed = seed
    self.samples = samples
    self.tiler = tiler
  }

  /// The most cases that are tried to make this one simpler: fewer where each takes a process, or all of its time.
  private var largestTryCount: Int {
    if failure.kind == .timedOut { return 10 }
    return tiler == nil ? 2_000 : 500
  }

  /// The simplest case that goes wrong in the same way; where `mayGoOn` says no before it is found, the simplest so far.
  public func shrunk(while mayGoOn: () -> Bool = { true }) -> CampaignFailure {
    let smallest = Shrinker(tries: largestTryCount).shrink(subject) { candidate in
      mayGoOn() && failure(of: candidate)?.kind == failure.kind
    }
    return CampaignFailure(
      pair: pair, subject: smallest, failure: failure(of: smallest) ?? failure, seed: seed,
      samples: samples, tiler: tiler)
  }

  /// What is wrong with another case, on inputs and under a key that are drawn from the same seed.
  private func failure(of candidate: FuzzCase) -> CaseFailure? {
    let (graph, recipe) = (candidate.graph, candidate.recipe)
    if let tiler {
      let judge = TilerJudge(tiler, profile: recipe.profile, samples: samples)
      return try? judge.outcome(of: graph, seed: seed).failure
    }
    let judge = try? CaseJudge(graph, profile: recipe.profile, samples: samples, seed: seed)
    return judge?.failure(of: recipe, mistake: candidate.mistake)
  }
}

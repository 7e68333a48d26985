public import Ops
public import Planning
internal import Tensor

/// What a run draws: with the same options it draws the same networks and plans, on any number of machines.
public struct CampaignOptions: Hashable, Sendable {
  /// How many pairs of a network and a plan are checked.
  public var count: Int
  /// What everything is drawn from.
  public var seed: UInt64
  /// What networks are drawn from.
  public var generation: GenerationOptions
  /// The kinds of groups that are drawn.
  public var modes: Set<SearchMode>
  /// The profile of all plans; `nil` draws one for each network.
  public var profile: Profile?
  /// How many plans of one network are checked: what the network computes is worked out once for them.
  public var plansPerNetwork: Int
  /// The random inputs that each plan is tried on, besides the fixed ones.
  public var samples: Int

  /// Options; those left out are what the command line takes by default.
  public init(
    count: Int, seed: UInt64 = 0, generation: GenerationOptions,
    modes: Set<SearchMode> = Set(SearchMode.allCases), profile: Profile? = nil,
    plansPerNetwork: Int = 4, samples: Int = 1
  ) {
    self.count = count
    self.seed = seed
    self.generation = generation
    self.modes = modes
    self.profile = profile
    self.plansPerNetwork = plansPerNetwork
    self.samples = samples
  }

  /// How many networks are drawn.
  public var roundCount: Int { (count + plansPerNetwork - 1) / plansPerNetwork }

  /// The word from which all of round `index` is drawn.
  func seed(ofRound index: Int) -> UInt64 {
    SplitMix64.mix(SplitMix64.mix(seed) ^ UInt64(index))
  }
}

internal import Verify

/// What a run, or a part of it, has done; those of parts add up to that of the whole.
public struct CampaignTally: Hashable, Sendable, Codable {
  /// How often a mistake of some kind was made on purpose, and what came of it.
  public struct MistakeCount: Hashable, Sendable, Codable {
    /// How often it was noticed.
    public internal(set) var noticed = 0
    /// How often it changes no output, and is no mistake after all.
    public internal(set) var harmless = 0
    /// How often it was missed.
    public internal(set) var missed = 0

    /// How often it was made.
    public var made: Int { noticed + harmless + missed }

    static func + (left: MistakeCount, right: MistakeCount) -> MistakeCount {
      var sum = left
      sum.noticed += right.noticed
      sum.harmless += right.harmless
      sum.missed += right.missed
      return sum
    }
  }

  /// How many pairs of a network and a plan were checked.
  public internal(set) var pairCount = 0
  /// How many of them went wrong, and mistakes that nobody noticed.
  public internal(set) var failureCount = 0
  /// What a tiler made: plans, tilings and models, by what they are.
  public internal(set) var programs: [String: Int] = [:]
  /// How many networks a tiler declined.
  public internal(set) var declinedCount = 0
  /// How many networks a tiler rewrote by other means, without a difference on any input, and without a proof.
  public internal(set) var unprovedCount = 0
  /// Mistakes that were made on purpose, by their kind.
  public internal(set) var mistakes: [String: MistakeCount] = [:]
  /// What was drawn.
  public internal(set) var coverage = Coverage()
  /// Tells all pairs from other ones.
  public internal(set) var digest = CampaignDigest()

  /// Nothing done so far.
  public init() {}

  /// Adds what another part has done.
  public mutating func merge(_ other: CampaignTally) {
    pairCount += other.pairCount
    failureCount += other.failureCount
    programs.merge(other.programs, uniquingKeysWith: +)
    declinedCount += other.declinedCount
    unprovedCount += other.unprovedCount
    mistakes.merge(other.mistakes, uniquingKeysWith: +)
    coverage.merge(other.coverage)
    digest.merge(other.digest)
  }

  /// Counts a pair by what tells its plan from others.
  mutating func addPair(_ index: Int, _ words: [Int]) {
    digest.add(index, words)
    pairCount += 1
  }

  /// Counts what became of a mistake in a plan.
  mutating func add(_ fault: FaultTally) {
    guard fault.places > 0 else { return }
    let noticed = fault.malformed + fault.walk + fault.symbolic
    mistakes[fault.faultClass.rawValue, default: MistakeCount()].noticed += noticed
    mistakes[fault.faultClass.rawValue, default: MistakeCount()].harmless += fault.equivalent
    mistakes[fault.faultClass.rawValue, default: MistakeCount()].missed += fault.missed
  }

  /// Counts whether a mistake in a tiling was refused for what it is.
  mutating func add(_ mistake: TilingMistake, isNoticed: Bool) {
    mistakes[mistake.rawValue, default: MistakeCount()].noticed += isNoticed ? 1 : 0
    mistakes[mistake.rawValue, default: MistakeCount()].missed += isNoticed ? 0 : 1
  }
}

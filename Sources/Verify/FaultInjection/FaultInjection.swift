public import Graph
public import Ops
internal import Tensor

/// Makes mistakes in sound plans, one at a time, and counts who catches them.
///
/// A mutant that all checks accept is run on a few inputs: if it computes other bytes than the network,
/// the checker has a hole.
public struct FaultInjection {
  /// What became of the mutants of one plan.
  public struct Result: Sendable {
    /// Whether all checks accept the plan without a mistake, and it computes the same bytes.
    public let isSound: Bool
    /// The counts, one per class.
    public let tallies: [FaultTally]
    /// Every mistake that was missed.
    public let missed: [MissedFault]
    /// How many mutants of one class that the walk refutes the symbolic check was run on at most.
    public let symbolicLimit: Int
  }

  /// The most multiply-accumulates that the symbolic check spends on mutants of one class and plan that
  /// the walk has refuted already: some seconds.
  private static let symbolicMACs = 1 << 31

  private let judge: MutantJudge
  private let seed: UInt64

  /// Prepares to judge plans of a network.
  ///
  /// Mutants that all checks accept are run on `samples`. The places that are drawn and the symbolic
  /// check's key belong to `seed`.
  public init(
    _ graph: Graph, profile: Profile, samples: [Sample], seed: UInt64, checks: FaultChecks = .all
  ) throws {
    self.init(
      try Verifier(graph, profile: profile, on: samples, seed: seed), seed: seed, checks: checks)
  }

  /// Prepares to judge plans as `verifier` does; the places that are drawn belong to `seed`.
  public init(_ verifier: Verifier, seed: UInt64, checks: FaultChecks = .all) {
    self.seed = seed
    judge = MutantJudge(verifier, checks: checks)
  }

  /// Makes one mistake of a class in a plan, at a place that is drawn; says what became of it, and the mistake if it
  /// was missed.
  ///
  /// Nothing is counted as tried where the plan has no place for a mistake of the class.
  ///
  /// - Throws: an input that is not the network's.
  public func attempt(
    _ faultClass: FaultClass, in binding: PlanBinding
  ) throws -> (tally: FaultTally, missed: MissedFault?) {
    var generator = SplitMix64(seed: seed)
    var tally = FaultTally(faultClass)
    let edits = FaultPlaces(binding).edits(of: faultClass)
    tally.possible = edits.count
    guard let edit = edits.randomElement(using: &generator) else { return (tally, nil) }
    let mutant = edit.applied(to: binding.plan)
    let judgement = try judge.judge(mutant, needsSymbolic: false)
    tally.count(judgement)
    guard case .missed(let sample) = judgement.outcome else { return (tally, nil) }
    let description = edit.description(in: binding.plan)
    return (
      tally,
      MissedFault(faultClass: faultClass, edit: description, plan: mutant, sample: sample)
    )
  }

  /// Whether no check notices the mistake in a plan, although it computes other bytes than the network.
  ///
  /// - Throws: an input that is not the network's.
  public func misses(_ plan: Plan) throws -> Bool {
    if case .missed = try judge.judge(plan, needsSymbolic: false).outcome { true } else { false }
  }

  /// Makes mistakes of every class in a plan, each at up to `places` places.
  ///
  /// - Throws: an input that is not the network's.
  public func run(on binding: PlanBinding, places: Int) throws -> Result {
    let plan = binding.plan
    let macs = plan.steps.reduce(0) { $0 + binding.macs(of: $1) }
    let limit = max(32, Self.symbolicMACs / max(macs, 1))
    let found = FaultPlaces(binding)
    var tallies: [FaultTally] = []
    var missed: [MissedFault] = []
    for (index, faultClass) in FaultClass.allCases.enumerated() {
      var generator = SplitMix64(seed: SplitMix64.mix(seed) &+ UInt64(index))
      let edits = found.edits(of: faultClass)
      var tally = FaultTally(faultClass)
      tally.possible = edits.count
      for edit in edits.shuffled(using: &generator).prefix(places) {
        let mutant = edit.applied(to: plan)
        let judgement = try judge.judge(mutant, needsSymbolic: tally.symbolicRuns < limit)
        tally.count(judgement)
        guard case .missed(let sample) = judgement.outcome else { continue }
        missed.append(
          MissedFault(
            faultClass: faultClass, edit: edit.description(in: plan), plan: mutant, sample: sample))
      }
      tallies.append(tally)
    }
    return Result(
      isSound: try judge.judge(plan, needsSymbolic: true).outcome == .equivalent, tallies: tallies,
      missed: missed, symbolicLimit: limit)
  }
}

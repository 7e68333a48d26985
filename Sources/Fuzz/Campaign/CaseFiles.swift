public import Graph
internal import Ops
public import Planning
internal import TFLite
internal import Tensor
public import Verify

/// What it takes to see a failure again, as it is saved.
public struct CaseFiles: Sendable {
  /// The model file.
  public let model: [UInt8]
  /// The network, as it is read from the file.
  public let graph: Graph
  /// The tiling, if that is all that the plan is made from.
  public private(set) var tiling: Tiling?
  /// The plan, with a mistake if one was made in it.
  public private(set) var plan: Plan?
  /// What a tiler left that is neither a plan nor a tiling: a rewritten model, or nonsense.
  public private(set) var made: [UInt8]?
  /// An input, and what network and plan make of it; `nil` where there is nothing to run.
  public private(set) var comparison: ProgramComparison?

  /// Writes the network as a model and makes the program again for what is read from that.
  ///
  /// - Throws: what keeps the network from being written or read, or the program from being made.
  public init(_ failure: CampaignFailure) throws {
    let subject = failure.subject
    model = try ModelWriter.bytes(of: subject.graph)
    graph = try ImportedModel(parsing: Bytes(copying: model)).graph()
    if let tiler = failure.tiler {
      try takeProgram(of: tiler, failure)
      return
    }
    let judge = try CaseJudge(
      graph, profile: subject.recipe.profile, samples: failure.samples, seed: failure.seed)
    switch subject.mistake {
    case nil:
      tiling = subject.recipe.tiling(of: graph)
      plan = try? subject.recipe.plan(of: graph)
    case .plan(let faultClass, let seed):
      let binding = try PlanBinding(subject.recipe.plan(of: graph), to: graph)
      plan = try judge.attempt(faultClass, in: binding, seed: seed).missed?.plan ?? binding.plan
    case .tiling(let mistake, let seed):
      tiling = subject.recipe.tiling(of: graph)
        .flatMap { mistake.applied(to: $0, of: graph, seed: seed) }
    }
    // A plan that does not fit its network is saved all the same.
    comparison = plan.flatMap { try? judge.comparison(with: $0) }
  }

  private mutating func takeProgram(of tiler: TilerCommand, _ failure: CampaignFailure) throws {
    let profile = failure.subject.recipe.profile
    let samples = Sample.standard(for: graph, random: failure.samples, seed: failure.seed)
    let outcome = try TilerJudge(tiler, profile: profile, samples: failure.samples)
      .outcome(of: graph, seed: failure.seed)
    switch outcome.program {
    case .plan(let made): plan = made
    case .tiling(let made):
      tiling = made
      plan = try? TilingLowering.plan(made, for: graph, profile: profile)
    case .model(let bytes):
      made = bytes
      let rewritten = try? ImportedModel(parsing: Bytes(copying: bytes)).graph()
      comparison = rewritten.flatMap { rewritten in
        try? RewriteCheck.compare(
          rewritten, with: graph, profile: profile, on: samples, seed: failure.seed
        ).witness.map(ProgramComparison.init)
      }
    case nil: made = outcome.made
    }
    guard let plan, let named = Profile.named(plan.profile) else { return }
    comparison = try? CaseJudge(graph, profile: named, on: samples, seed: failure.seed)
      .comparison(with: plan)
  }
}

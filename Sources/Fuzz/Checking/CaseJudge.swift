public import Graph
public import Ops
public import Planning
internal import TiledExec
public import Verify

/// Makes every check of plans of one network.
public struct CaseJudge: Sendable {
  private let graph: Graph
  private let profile: Profile
  private let verifier: Verifier

  /// Works out what the network computes under a profile, on `sampleCount` random inputs besides the fixed ones;
  /// these and the symbolic check's key belong to `seed`.
  ///
  /// - Throws: what keeps the network from being run.
  public init(
    _ graph: Graph, profile: Profile, samples sampleCount: Int = 1, seed: UInt64
  ) throws {
    try self.init(
      graph, profile: profile,
      on: Sample.standard(for: graph, random: sampleCount, seed: seed), seed: seed)
  }

  /// Works out what the network computes under a profile, on given inputs.
  ///
  /// - Throws: what keeps the network from being run, or an input that is not the network's.
  public init(_ graph: Graph, profile: Profile, on samples: [Sample], seed: UInt64) throws {
    self.graph = graph
    self.profile = profile
    // Many cases are judged at a time, each by one thread.
    verifier = try Verifier(graph, profile: profile, on: samples, seed: seed, atMost: 1)
  }

  /// What is wrong with the plan of a recipe, or with how a mistake in it is noticed; `nil` if nothing is.
  ///
  /// - Precondition: the recipe's profile is the judge's.
  public func failure(of recipe: PlanRecipe, mistake: Mistake? = nil) -> CaseFailure? {
    do {
      switch mistake {
      case nil: return failure(of: try recipe.plan(of: graph))
      case .plan(let faultClass, let seed):
        let binding = try PlanBinding(recipe.plan(of: graph), to: graph)
        return try attempt(faultClass, in: binding, seed: seed).missed.map(CaseFailure.init)
      case .tiling(let mistake, let seed):
        return recipe.tiling(of: graph)
          .flatMap { mistake.applied(to: $0, of: graph, seed: seed) }
          .flatMap { failure(of: mistake, in: $0, planning: recipe.planning) }
      }
    } catch {
      return CaseFailure(.refused, "\(error)")
    }
  }

  /// What is wrong with a plan under the judge's profile; `nil` if nothing is.
  public func failure(of plan: Plan) -> CaseFailure? {
    do {
      return failure(of: try PlanBinding(plan, to: graph, under: profile))
    } catch {
      return CaseFailure(.malformed, "\(error)")
    }
  }

  /// What is wrong with a plan that is bound to the network; `nil` if nothing is.
  func failure(of binding: PlanBinding) -> CaseFailure? {
    do {
      return CaseFailure(try verifier.report(of: binding).verdict)
    } catch {
      return CaseFailure(.refused, "\(error)")
    }
  }

  /// Makes a mistake in a sound plan: what became of it, and what is wrong if no check noticed.
  func attempt(
    _ faultClass: FaultClass, in binding: PlanBinding, seed: UInt64
  ) throws -> (tally: FaultTally, missed: MissedFault?) {
    try FaultInjection(verifier, seed: seed).attempt(faultClass, in: binding)
  }

  /// What the network and a plan make of an input, one on which they differ if there is any.
  ///
  /// - Throws: a plan that does not fit the network.
  public func comparison(with plan: Plan) throws -> ProgramComparison? {
    try verifier.comparison(with: PlanBinding(plan, to: graph))
  }

  /// What is wrong if no check notices the mistake in a plan.
  public func failure(ofMistakenPlan plan: Plan) throws -> CaseFailure? {
    try FaultInjection(verifier, seed: 0).misses(plan)
      ? CaseFailure(.missedMistake, "no check notices that the plan computes other bytes") : nil
  }

  /// What is wrong if a tiling with a mistake is not refused for what it is.
  public func failure(
    of mistake: TilingMistake, in wrong: Tiling, planning: PlanningOptions = PlanningOptions()
  ) -> CaseFailure? {
    do {
      _ = try TilingLowering.plan(wrong, for: graph, profile: profile, options: planning)
      return CaseFailure(.missedMistake, "\(mistake.rawValue): the tiling is lowered")
    } catch {
      if mistake.explains(error) { return nil }
      return CaseFailure(.missedMistake, "\(mistake.rawValue): refused with \(error)")
    }
  }
}

extension CaseFailure {
  /// What a mistake that no check noticed says against them.
  init(_ missed: MissedFault) { self.init(.missedMistake, "\(missed)") }

  /// What a verdict says against a program; a plan that adds floats in another order may round otherwise.
  init?(_ verdict: Verdict) {
    switch verdict {
    case .equivalent: return nil
    case .different(.findings(let findings)): self.init(.finding, "\(findings[0])")
    case .different(.shadow(let findings)): self.init(.shadow, "\(findings[0])")
    case .different(.difference(let difference)): self.init(.difference, "\(difference)")
    case .different(.output(let difference)): self.init(.difference, "\(difference)")
    case .inconclusive(let reasons):
      let first = reasons.first {
        switch $0 {
        case .fingerprintsDiffer, .beyondErrorBound: true
        case .reordersFloatSums, .noInputs: false
        }
      }
      guard let first else { return nil }
      if case .fingerprintsDiffer = first {
        self.init(.unproved, "\(first)")
      } else {
        self.init(.errorBound, "\(first)")
      }
    }
  }
}

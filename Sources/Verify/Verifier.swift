public import Graph
public import Ops
internal import TiledExec

/// Checks plans of one network in every way there is; what the network itself computes is worked out once.
public struct Verifier: Sendable {
  let expected: ExpectedOutputs
  let symbolic: SymbolicReference
  private let oracle: OracleCheck?
  private let wrappingSums: [SumRange]
  private let profile: Profile

  /// Runs a network on fingerprints, under the key that belongs to `seed`, and compares it with real numbers on the
  /// last sample.
  ///
  /// At most `width` samples are run at a time.
  ///
  /// - Throws: an input that is not the network's, or what keeps the network from being run.
  public init(
    _ graph: Graph, profile: Profile, on samples: [Sample], seed: UInt64, atMost width: Int = .max
  ) throws {
    let reference = try NetworkExecutor(graph, profile: profile, isGuarded: true)
    self.profile = profile
    expected = ExpectedOutputs(reference, of: samples, atMost: width)
    symbolic = try SymbolicReference(reference, seed: seed)
    oracle = try samples.last.map { sample throws(ExecutionError) in
      try OracleCheck(reference, sample)
    }
    wrappingSums = SumRange.all(in: graph).filter(\.mayWrap)
  }

  /// Makes all checks of one plan and draws the verdict.
  ///
  /// A plan with findings is not run: it may read what is not there. On the last sample the plan is also
  /// run in the shadow arena, and the network is compared with real numbers. The symbolic check's key
  /// belongs to `seed`. Outputs of floats that a plan rounds otherwise, because it adds in another order,
  /// are accepted up to `floatTolerance` of the largest output; 0 demands the same bytes.
  ///
  /// - Throws: an input that is not the network's, or what keeps the executor from running the plan.
  public static func verify(
    _ binding: PlanBinding, on samples: [Sample], seed: UInt64, floatTolerance: Double = 0
  ) throws -> Report {
    let findings = OwnershipWalk.findings(in: binding)
    guard findings.isEmpty else {
      return Report(
        binding, findings: findings,
        wrappingSums: SumRange.all(in: binding.graph).filter(\.mayWrap),
        floatTolerance: floatTolerance, verdict: .different(.findings(findings)))
    }
    return try Verifier(binding.graph, profile: binding.profile, on: samples, seed: seed)
      .reportOfRuns(binding, floatTolerance)
  }

  /// Makes all checks of a plan of the network and draws the verdict, as `verify(_:on:seed:floatTolerance:)` does.
  ///
  /// - Precondition: the plan is one of the network, under the profile.
  /// - Throws: an input that is not the network's, or what keeps the executor from running the plan.
  public func report(of binding: PlanBinding, floatTolerance: Double = 0) throws -> Report {
    precondition(binding.profile == profile, "the plan is one under the verifier's profile")
    let findings = OwnershipWalk.findings(in: binding)
    guard findings.isEmpty else {
      return Report(
        binding, findings: findings, wrappingSums: wrappingSums, floatTolerance: floatTolerance,
        verdict: .different(.findings(findings)))
    }
    return try reportOfRuns(binding, floatTolerance)
  }

  /// What the runs of a plan without findings show.
  private func reportOfRuns(_ binding: PlanBinding, _ floatTolerance: Double) throws -> Report {
    let executor = try Executor(binding, isGuarded: true)
    let shadow = try expected.samples.last.map { sample throws(ExecutionError) in
      try executor.run(sample.inputs, isShadowed: true).shadowFindings
    }
    let fingerprints = try symbolic.compare(executor)
    let reorders = !binding.keepsOrderOfFloatSums
    let mayRoundOtherwise = reorders && fingerprints.isEqual
    let differential = try DifferentialCheck.run(
      executor, expected, measuresAll: mayRoundOtherwise)
    var findings: [Finding] = []
    let planned = binding.plan.peakInBytes
    if differential.difference == nil || mayRoundOtherwise, differential.sampleCount > 0,
      differential.measuredPeakInBytes != planned
    {
      findings.append(
        .peakNotReached(planned: planned, measured: differential.measuredPeakInBytes))
    }
    return Report(
      binding, findings: findings, symbolic: fingerprints, differential: differential,
      shadow: shadow, oracle: oracle, wrappingSums: wrappingSums, floatTolerance: floatTolerance,
      verdict: Self.verdict(
        findings, shadow ?? [], fingerprints, differential, oracle?.beyondBound ?? [],
        reorders ? floatTolerance : nil))
  }

  /// `tolerance` is that of a plan that adds floats in another order; `nil` for any other.
  private static func verdict(
    _ findings: [Finding], _ shadow: [ShadowFinding], _ symbolic: SymbolicCheck.Result,
    _ result: DifferentialCheck.Result, _ beyondBound: [OperatorDeviation], _ tolerance: Double?
  ) -> Verdict {
    if !findings.isEmpty { return .different(.findings(findings)) }
    if !shadow.isEmpty { return .different(.shadow(shadow)) }
    let isEqual = symbolic.isEqual
    var reasons: [Verdict.Reason] = []
    if let tolerance, isEqual {
      // Samples alone never show that other inputs are rounded alike.
      let found = result.largestFloatDifference
      if tolerance == 0 || found > tolerance {
        reasons.append(.reordersFloatSums(difference: found))
      }
    } else if let difference = result.difference {
      return .different(.difference(difference))
    }
    if !isEqual { reasons.append(.fingerprintsDiffer) }
    if !beyondBound.isEmpty { reasons.append(.beyondErrorBound(beyondBound)) }
    if result.sampleCount == 0 { reasons.append(.noInputs) }
    return reasons.isEmpty ? .equivalent : .inconclusive(reasons)
  }
}

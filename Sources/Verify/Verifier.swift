public import Graph
internal import Ops
internal import TiledExec

/// Checks a plan in every way there is.
public enum Verifier {
  /// Makes all checks and draws the verdict.
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
    var findings = OwnershipWalk.findings(in: binding)
    let planned = binding.plan.peakInBytes
    let reorders = !binding.keepsOrderOfFloatSums
    var result: DifferentialCheck.Result?
    var symbolic: SymbolicCheck.Result?
    var shadow: [ShadowFinding]?
    var oracle: OracleCheck?
    if findings.isEmpty {
      let executor = try Executor(binding, isGuarded: true)
      shadow = try samples.last.map { sample throws(ExecutionError) in
        try executor.run(sample.inputs, isShadowed: true).shadowFindings
      }
      let reference = try NetworkExecutor(
        binding.graph, profile: binding.profile, isGuarded: true)
      let fingerprints = try SymbolicCheck.run(executor, reference: reference, seed: seed)
      symbolic = fingerprints
      oracle = try samples.last.map { sample throws(ExecutionError) in
        try OracleCheck(reference, sample)
      }
      let mayRoundOtherwise = reorders && fingerprints.isEqual
      let differential = try DifferentialCheck.run(
        binding, on: samples, measuresAll: mayRoundOtherwise)
      result = differential
      if differential.difference == nil || mayRoundOtherwise, differential.sampleCount > 0,
        differential.measuredPeakInBytes != planned
      {
        findings.append(
          .peakNotReached(planned: planned, measured: differential.measuredPeakInBytes))
      }
    }
    return Report(
      profile: binding.profile.name, bufferCount: binding.plan.buffers.count,
      stepCount: binding.plan.steps.count, plannedPeakInBytes: planned, findings: findings,
      symbolic: symbolic, differential: result, shadow: shadow, oracle: oracle,
      wrappingSums: SumRange.all(in: binding.graph).filter(\.mayWrap), reordersFloatSums: reorders,
      floatTolerance: floatTolerance,
      verdict: verdict(
        findings, shadow ?? [], symbolic, result, oracle?.beyondBound ?? [],
        reorders ? floatTolerance : nil))
  }

  /// `tolerance` is that of a plan that adds floats in another order; `nil` for any other.
  private static func verdict(
    _ findings: [Finding], _ shadow: [ShadowFinding], _ symbolic: SymbolicCheck.Result?,
    _ result: DifferentialCheck.Result?, _ beyondBound: [OperatorDeviation], _ tolerance: Double?
  ) -> Verdict {
    if !findings.isEmpty { return .different(.findings(findings)) }
    if !shadow.isEmpty { return .different(.shadow(shadow)) }
    let isEqual = symbolic?.isEqual == true
    var reasons: [Verdict.Reason] = []
    if let tolerance, isEqual {
      // Samples alone never show that other inputs are rounded alike.
      let found = result?.largestFloatDifference ?? 0
      if tolerance == 0 || found > tolerance {
        reasons.append(.reordersFloatSums(difference: found))
      }
    } else if let difference = result?.difference {
      return .different(.difference(difference))
    }
    if !isEqual { reasons.append(.fingerprintsDiffer) }
    if !beyondBound.isEmpty { reasons.append(.beyondErrorBound(beyondBound)) }
    if result?.sampleCount ?? 0 == 0 { reasons.append(.noInputs) }
    return reasons.isEmpty ? .equivalent : .inconclusive(reasons)
  }
}

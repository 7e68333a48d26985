public import Graph
internal import Ops
internal import TiledExec

/// Checks a plan in every way there is.
public enum Verifier {
  /// Makes all checks and draws the verdict.
  ///
  /// A plan with findings is not run: it may read what is not there. The symbolic check's key belongs
  /// to `seed`.
  ///
  /// - Throws: an input that is not the network's, or what keeps the executor from running the plan.
  public static func verify(
    _ binding: PlanBinding, on samples: [Sample], seed: UInt64
  ) throws -> Report {
    var findings = OwnershipWalk.findings(in: binding)
    let planned = binding.plan.peakInBytes
    var result: DifferentialCheck.Result?
    var symbolic: SymbolicCheck.Result?
    if findings.isEmpty {
      symbolic = try SymbolicCheck.run(
        Executor(binding),
        reference: ReferenceRun.executor(binding.graph, profile: binding.profile), seed: seed)
      let differential = try DifferentialCheck.run(binding, on: samples)
      result = differential
      if differential.difference == nil, differential.sampleCount > 0,
        differential.measuredPeakInBytes != planned
      {
        findings.append(
          .peakNotReached(planned: planned, measured: differential.measuredPeakInBytes))
      }
    }
    return Report(
      profile: binding.profile.name, bufferCount: binding.plan.buffers.count,
      stepCount: binding.plan.steps.count, plannedPeakInBytes: planned, findings: findings,
      symbolic: symbolic, differential: result, verdict: verdict(findings, symbolic, result))
  }

  private static func verdict(
    _ findings: [Finding], _ symbolic: SymbolicCheck.Result?,
    _ result: DifferentialCheck.Result?
  ) -> Verdict {
    if !findings.isEmpty { return .different(.findings(findings)) }
    if let difference = result?.difference { return .different(.difference(difference)) }
    var reasons: [Verdict.Reason] = []
    if symbolic?.isEqual != true { reasons.append(.fingerprintsDiffer) }
    if result?.sampleCount ?? 0 == 0 { reasons.append(.noInputs) }
    return reasons.isEmpty ? .equivalent : .inconclusive(reasons)
  }
}

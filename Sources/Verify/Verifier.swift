public import Graph
internal import Ops

/// Checks a plan in every way there is.
public enum Verifier {
  /// Makes all checks and draws the verdict.
  ///
  /// A plan with findings is not run: it may read what is not there.
  ///
  /// - Throws: an input that is not the network's.
  public static func verify(_ binding: PlanBinding, on samples: [Sample]) throws -> Report {
    var findings = OwnershipWalk.findings(in: binding)
    let planned = binding.plan.peakInBytes
    var result: DifferentialCheck.Result?
    if findings.isEmpty {
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
      differential: result, verdict: verdict(findings, result))
  }

  private static func verdict(
    _ findings: [Finding], _ result: DifferentialCheck.Result?
  ) -> Verdict {
    if !findings.isEmpty { return .different(.findings(findings)) }
    if let difference = result?.difference { return .different(.difference(difference)) }
    guard let result, result.sampleCount > 0 else { return .inconclusive([.noInputs]) }
    return .equivalent
  }
}

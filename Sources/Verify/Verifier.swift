public import Graph
internal import Ops
internal import TiledExec

/// Checks a plan in every way there is.
public enum Verifier {
  /// Makes all checks and draws the verdict.
  ///
  /// A plan with findings is not run: it may read what is not there. The symbolic check's key belongs
  /// to `seed`. Outputs of floats that a plan rounds otherwise, because it adds in another order, are
  /// accepted up to `floatTolerance` of the largest output; 0 demands the same bytes.
  ///
  /// - Throws: an input that is not the network's, or what keeps the executor from running the plan.
  public static func verify(
    _ binding: PlanBinding, on samples: [Sample], seed: UInt64, floatTolerance: Double = 0
  ) throws -> Report {
    var findings = OwnershipWalk.findings(in: binding)
    let planned = binding.plan.peakInBytes
    var result: DifferentialCheck.Result?
    var symbolic: SymbolicCheck.Result?
    if findings.isEmpty {
      symbolic = try SymbolicCheck.run(
        Executor(binding),
        reference: ReferenceRun.executor(binding.graph, profile: binding.profile), seed: seed)
      let differential = try DifferentialCheck.run(
        binding, on: samples, measuresAll: mayRoundOtherwise(binding, symbolic))
      result = differential
      if differential.difference == nil || mayRoundOtherwise(binding, symbolic),
        differential.sampleCount > 0,
        differential.measuredPeakInBytes != planned
      {
        findings.append(
          .peakNotReached(planned: planned, measured: differential.measuredPeakInBytes))
      }
    }
    return Report(
      profile: binding.profile.name, bufferCount: binding.plan.buffers.count,
      stepCount: binding.plan.steps.count, plannedPeakInBytes: planned, findings: findings,
      symbolic: symbolic, differential: result,
      wrappingSums: SumRange.all(in: binding.graph).filter(\.mayWrap),
      verdict: verdict(
        findings, symbolic, result, mayRoundOtherwise(binding, symbolic) ? floatTolerance : nil))
  }

  /// Whether a plan that is equal over the real numbers may still round otherwise.
  private static func mayRoundOtherwise(
    _ binding: PlanBinding, _ symbolic: SymbolicCheck.Result?
  ) -> Bool {
    symbolic?.isEqual == true && !binding.keepsOrderOfFloatSums
  }

  /// `tolerance` is that of a plan that may round otherwise; `nil` for any other.
  private static func verdict(
    _ findings: [Finding], _ symbolic: SymbolicCheck.Result?,
    _ result: DifferentialCheck.Result?, _ tolerance: Double?
  ) -> Verdict {
    if !findings.isEmpty { return .different(.findings(findings)) }
    var reasons: [Verdict.Reason] = []
    if let result, let difference = result.difference {
      guard let tolerance else { return .different(.difference(difference)) }
      if result.largestFloatDifference > tolerance {
        reasons.append(.reordersFloatSums(difference: result.largestFloatDifference))
      }
    }
    if symbolic?.isEqual != true { reasons.append(.fingerprintsDiffer) }
    if result?.sampleCount ?? 0 == 0 { reasons.append(.noInputs) }
    return reasons.isEmpty ? .equivalent : .inconclusive(reasons)
  }
}

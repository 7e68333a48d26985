public import TiledExec
internal import Graph
internal import Ops

/// What was checked of a plan, what it showed, and the verdict.
public struct Report: Sendable {
  /// The kernel profile.
  public let profile: String
  /// How many buffers the plan has.
  public let bufferCount: Int
  /// How many steps the plan has.
  public let stepCount: Int
  /// The end of the plan's highest buffer, in bytes.
  public let plannedPeakInBytes: Int
  /// What the static check found; empty for a valid plan.
  public let findings: [Finding]
  /// What the runs on fingerprints showed; `nil` if the plan could not be run.
  public let symbolic: SymbolicCheck.Result?
  /// What the runs showed; `nil` if the plan could not be run.
  public let differential: DifferentialCheck.Result?
  /// What a run in the shadow arena showed, empty for a valid plan; `nil` if there was none.
  public let shadow: [ShadowFinding]?
  /// How the network's kernels compare with real numbers; `nil` if no input was tried.
  public let oracle: OracleCheck?
  /// Operators whose sums may leave their type, which the reference implementations let wrap; a note, as
  /// both programs wrap alike.
  public let wrappingSums: [SumRange]
  /// Whether the plan adds floats in another order than the network, so that they may be rounded
  /// otherwise.
  public let reordersFloatSums: Bool
  /// How far such floats may be off, relative to the largest output.
  public let floatTolerance: Double
  /// Whether the plan computes what the network computes.
  public let verdict: Verdict

  /// Whether the plan is wrong, and how is known.
  public var isDifferent: Bool { if case .different = verdict { true } else { false } }

  /// What was found of a plan; without runs, what they would have shown is left out.
  init(
    _ binding: PlanBinding, findings: [Finding], symbolic: SymbolicCheck.Result? = nil,
    differential: DifferentialCheck.Result? = nil, shadow: [ShadowFinding]? = nil,
    oracle: OracleCheck? = nil, wrappingSums: [SumRange], floatTolerance: Double, verdict: Verdict
  ) {
    profile = binding.profile.name
    bufferCount = binding.plan.buffers.count
    stepCount = binding.plan.steps.count
    plannedPeakInBytes = binding.plan.peakInBytes
    self.findings = findings
    self.symbolic = symbolic
    self.differential = differential
    self.shadow = shadow
    self.oracle = oracle
    self.wrappingSums = wrappingSums
    reordersFloatSums = !binding.keepsOrderOfFloatSums
    self.floatTolerance = floatTolerance
    self.verdict = verdict
  }
}

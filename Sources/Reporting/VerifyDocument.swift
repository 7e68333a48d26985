public import Graph
internal import TiledExec
public import Verify

/// What `verify` shows.
public struct VerifyDocument: Document {
  let model: String
  let profile: String
  let plan: String
  let buffers: Int
  let steps: Int
  let plannedPeakInBytes: Int
  let measuredPeakInBytes: Int?
  let untiledPeakInBytes: Int
  let stateInBytes: Int
  let macs: Int?
  let untiledMACs: Int
  let samples: Int
  let findings: [String]
  let shadowFindings: [String]?
  let equalFingerprints: Bool?
  let falseAcceptBound: Double?
  let oracle: OracleSection?
  let difference: String?
  let witness: WitnessSection?
  let largestFloatDifference: Double?
  let reordersFloatSums: Bool
  let floatTolerance: Double
  let notes: [String]
  let verdict: String
  let reasons: [String]

  /// How many findings people are shown; what follows the first few follows from them as a rule.
  private static let shownFindings = 12

  /// Gathers what is shown.
  ///
  /// `plan` says in a few words what the plan of `graph` is; `untiledPeakInBytes` is the peak of the
  /// untiled program, laid out greedily; `witness` shows where a plan goes wrong.
  public init(
    model: String, plan: String, graph: Graph, untiledPeakInBytes: Int, report: Report,
    witness: Witness?
  ) {
    self.model = model
    profile = report.profile
    self.plan = plan
    buffers = report.bufferCount
    steps = report.stepCount
    plannedPeakInBytes = report.plannedPeakInBytes
    // Without an input nothing ran.
    let ran = report.differential.flatMap { $0.sampleCount > 0 ? $0 : nil }
    measuredPeakInBytes = ran?.measuredPeakInBytes
    self.untiledPeakInBytes = untiledPeakInBytes
    macs = ran?.macs
    untiledMACs = graph.macs
    stateInBytes = graph.stateInBytes
    samples = ran?.sampleCount ?? 0
    findings = report.findings.map(\.description)
    shadowFindings = report.shadow?.map(\.description)
    equalFingerprints = report.symbolic?.isEqual
    falseAcceptBound = report.symbolic?.falseAcceptBound
    oracle = report.oracle.map(OracleSection.init)
    difference = report.differential?.difference?.description
    self.witness = witness.map(WitnessSection.init)
    largestFloatDifference = report.differential.flatMap {
      $0.largestFloatDifference.isFinite ? $0.largestFloatDifference : nil
    }
    reordersFloatSums = report.reordersFloatSums
    floatTolerance = report.floatTolerance
    notes = graph.standIns(under: report.profile) + report.wrappingSums.map(\.description)
    switch report.verdict {
    case .equivalent: (verdict, reasons) = ("equivalent", [])
    case .different: (verdict, reasons) = ("different", [])
    case .inconclusive(let why): (verdict, reasons) = ("inconclusive", why.map(\.description))
    }
  }

  /// A line per kind of evidence, then the verdict.
  public var text: String {
    var lines = [
      "model    \(model), profile \(profile)",
      "plan     \(plan): \(steps.grouped) steps, \(buffers.grouped) buffers",
    ]
    lines += labelled(
      "static", Self.first(of: findings), none: "every byte that is read is the one that was meant")
    lines.append("symbolic \(symbolic)")
    if let difference {
      lines.append("dynamic  \(difference)")
    } else if samples > 0 {
      lines.append("dynamic  outputs identical byte for byte on \(samples.counted("input"))")
    } else {
      lines.append("dynamic  not run")
    }
    if let witness {
      lines.append("witness  \(witness.text)")
    } else if verdict == "different" {
      lines.append("witness  none: no input that was tried shows a difference in the outputs")
    }
    if let shadowFindings {
      lines += labelled(
        "shadow", Self.first(of: shadowFindings),
        none: "kernels touched what their steps declare, and found what they read")
    } else {
      lines.append("shadow   not run")
    }
    lines += oracle?.lines ?? ["oracle   not run"]
    if let measuredPeakInBytes {
      lines.append(
        "peak     \(measuredPeakInBytes.grouped) bytes measured, "
          + "\(plannedPeakInBytes.grouped) planned "
          + "(untiled \(untiledPeakInBytes.grouped), "
          + "\(plannedPeakInBytes.change(from: untiledPeakInBytes)))")
    } else {
      lines.append("peak     \(plannedPeakInBytes.grouped) bytes planned")
    }
    if stateInBytes > 0 {
      lines.append("state    \(stateInBytes.grouped) bytes kept between runs, outside the peak")
    }
    if let macs {
      lines.append(
        "MACs     \(macs.grouped) executed "
          + "(untiled \(untiledMACs.grouped), \(macs.change(from: untiledMACs)))")
    }
    lines += notes.map { "note     \($0)" }
    lines += labelled("verdict", [summary] + reasons, none: "")
    return lines.joined(separator: "\n")
  }

  /// As many findings as are shown.
  private static func first(of findings: [String]) -> [String] {
    let rest = findings.count - shownFindings
    return findings.prefix(shownFindings)
      + (rest > 0 ? ["and \(rest.grouped) more; --json shows all"] : [])
  }

  private var symbolic: String {
    guard let equalFingerprints, let falseAcceptBound else { return "not run" }
    guard equalFingerprints else { return "fingerprints differ" }
    return "fingerprints equal: the same program for all inputs and weights, "
      + "but for a chance below 2^-\(falseAcceptBound.negatedLogarithm)"
  }

  private var summary: String {
    switch verdict {
    case "equivalent" where reordersFloatSums:
      "equivalent over the real numbers, for all inputs; on those tried floats are off by "
        + "\(largestFloatDifference ?? 0) of the largest output, \(floatTolerance) accepted"
    case "equivalent": "equivalent, for all inputs"
    default: verdict
    }
  }

  private func labelled(_ label: String, _ texts: [String], none: String) -> [String] {
    let texts = texts.isEmpty ? [none] : texts
    return texts.enumerated().map { index, text in
      let head = index == 0 ? label : ""
      return head + String(repeating: " ", count: 9 - head.count) + text
    }
  }
}

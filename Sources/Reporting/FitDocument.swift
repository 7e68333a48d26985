public import Verify

/// What `fit` shows: the plan of the fewest multiply-accumulates that fits, or the least that was found.
public struct FitDocument: Document {
  /// How a plan was verified.
  public struct Verification: Encodable, Sendable {
    let measuredPeakInBytes: Int?
    let macs: Int?
    let samples: Int
    let verdict: String
    let reasons: [String]

    /// Takes what is shown out of a report.
    public init(_ report: Report) {
      measuredPeakInBytes = report.differential?.measuredPeakInBytes
      macs = report.differential?.macs
      samples = report.differential?.sampleCount ?? 0
      switch report.verdict {
      case .equivalent: (verdict, reasons) = ("equivalent", [])
      case .different: (verdict, reasons) = ("different", report.faults)
      case .inconclusive(let why): (verdict, reasons) = ("inconclusive", why.map(\.description))
      }
    }

    /// The verdict in a line, then why.
    var lines: [String] {
      let summary =
        verdict == "equivalent"
        ? "equivalent, for all inputs; identical byte for byte on \(samples.counted("input"))"
        : verdict
      return ["verified \(summary)"] + reasons.map { "         \($0)" }
    }
  }

  let model: String
  let profile: String
  let ramInBytes: Int
  let fits: Bool
  let untiled: ProgramCost
  let conventions: SearchConventions
  let point: FrontierPoint
  let search: SearchWork?
  let verification: Verification?
  let explanations: [OperatorNote]?
  let files: [PlanDocument.File]
  let seconds: SearchSeconds

  /// Gathers what is shown.
  ///
  /// `point` is the plan that fits, with its `verification`, or the least one where none does. `search` is
  /// `nil` where the untiled program fits, so that nothing was searched.
  public init(
    model: String, profile: String, ramInBytes: Int, untiled: ProgramCost,
    conventions: SearchConventions, point: FrontierPoint, search: SearchWork?,
    verification: Verification?, explanations: [OperatorNote]?, files: [PlanDocument.File],
    seconds: SearchSeconds
  ) {
    self.model = model
    self.profile = profile
    self.ramInBytes = ramInBytes
    fits = point.cost.peak <= ramInBytes
    self.untiled = untiled
    self.conventions = conventions
    self.point = point
    self.search = search
    self.verification = verification
    self.explanations = explanations
    self.files = files
    self.seconds = seconds
  }

  /// The plan, what it takes, and whether it fits.
  public var text: String {
    let (peak, macs) = (point.cost.peak, point.cost.macs)
    var lines = [
      "model    \(model), profile \(profile)",
      "budget   \(ramInBytes.grouped) bytes",
      "searched \(conventions.text)",
    ]
    if let search { lines.append("search   \(search.text)") }
    let groups = point.groups.isEmpty ? ["untiled"] : point.groups
    lines += groups.enumerated().map { ($0 == 0 ? "plan     " : "         ") + $1 }
    lines += [
      "peak     \(peak.grouped) bytes planned and measured (untiled \(untiled.peak.grouped), "
        + "\(point.cost.peakText(from: untiled)))",
      "MACs     \(macs.grouped) executed (untiled \(untiled.macs.grouped), "
        + "\(point.cost.overheadText(over: untiled)))",
    ]
    lines += verification?.lines ?? []
    lines += point.faults.map { "fault    \($0)" }
    if let explanations { lines += ["", OperatorNote.table(explanations, peak: peak), ""] }
    lines += files.map { "wrote    \($0.path), \($0.bytes.grouped) bytes" }
    lines.append(
      fits
        ? "verdict  fits, with \((ramInBytes - peak).grouped) bytes to spare"
        : "verdict  does not fit: the least found lacks \((peak - ramInBytes).grouped) bytes")
    lines.append("time     \(seconds.text)")
    return lines.joined(separator: "\n")
  }
}

public import Verify

/// What `verify --against` shows.
public struct AgainstDocument: Document {
  let model: String
  let other: String
  let profile: String
  let untiledPeakInBytes: Int
  let otherUntiledPeakInBytes: Int
  let macs: Int
  let otherMACs: Int
  let samples: Int
  let equalFingerprints: Bool
  let falseAcceptBound: Double
  let difference: String?
  let verdict: String
  let reasons: [String]

  /// What is known of one of the two models.
  public struct Side {
    let name: String
    let peakInBytes: Int
    let macs: Int

    /// Peaks are those of the untiled programs, laid out greedily.
    public init(name: String, peakInBytes: Int, macs: Int) {
      self.name = name
      self.peakInBytes = peakInBytes
      self.macs = macs
    }
  }

  /// Gathers what is shown.
  public init(original: Side, other: Side, profile: String, report: RewriteCheck.Report) {
    model = original.name
    self.other = other.name
    self.profile = profile
    untiledPeakInBytes = original.peakInBytes
    otherUntiledPeakInBytes = other.peakInBytes
    macs = original.macs
    otherMACs = other.macs
    samples = report.sampleCount
    equalFingerprints = report.symbolic.isEqual
    falseAcceptBound = report.symbolic.falseAcceptBound
    difference = report.witness?.description
    switch report.verdict {
    case .equivalent: (verdict, reasons) = ("equivalent", [])
    case .different: (verdict, reasons) = ("different", [])
    case .inconclusive(let why): (verdict, reasons) = ("inconclusive", why.map(\.description))
    }
  }

  /// A line per kind of evidence, then the verdict.
  public var text: String {
    let summary = verdict == "equivalent" ? "equivalent, for all inputs" : verdict
    var lines = [
      "model    \(model), profile \(profile)",
      "against  \(other)",
      "symbolic "
        + (equalFingerprints
          ? "fingerprints equal: the same function for all inputs, "
            + "but for a chance below 2^-\(falseAcceptBound.negatedLogarithm)"
          : "fingerprints differ"),
      "dynamic  "
        + (difference.map { "on \($0)" }
          ?? "outputs identical byte for byte on \(samples.counted("input"))"),
      "peak     \(otherUntiledPeakInBytes.grouped) bytes untiled "
        + "(the original \(untiledPeakInBytes.grouped), "
        + "\(otherUntiledPeakInBytes.change(from: untiledPeakInBytes)))",
      "MACs     \(otherMACs.grouped) (the original \(macs.grouped), "
        + "\(otherMACs.change(from: macs)))",
      "verdict  \(summary)",
    ]
    lines += reasons.map { "         \($0)" }
    return lines.joined(separator: "\n")
  }
}

/// What `check` shows.
public struct CheckDocument: Document {
  let model: String
  let profile: String
  let recording: String
  let cases: [String]
  let outputs: Int
  let tensors: Int
  let mismatches: [String]
  let largestFloatDifference: Double?
  let notes: [String]
  let verdict: String

  /// Gathers what is shown.
  ///
  /// `cases` names the recorded runs; `outputs` and `tensors` count what was compared; `notes` says
  /// what differs but does not judge; `largestFloatDifference` is that of floats which are accepted,
  /// relative to the largest one, `nil` where every byte is the same.
  public init(
    model: String, profile: String, recording: String, cases: [String], outputs: Int,
    tensors: Int, mismatches: [String], largestFloatDifference: Double?, notes: [String]
  ) {
    self.model = model
    self.profile = profile
    self.recording = recording
    self.cases = cases
    self.outputs = outputs
    self.tensors = tensors
    self.mismatches = mismatches
    self.largestFloatDifference = largestFloatDifference
    self.notes = notes
    verdict = mismatches.isEmpty ? "exact" : "different"
  }

  /// What was compared, what differs, and the verdict.
  public var text: String {
    var lines = [
      "model    \(model), profile \(profile)",
      "against  \(recording): \(cases.count) cases, \(outputs) outputs, \(tensors) inner tensors",
    ]
    lines += mismatches.map { "differs  \($0)" }
    lines += notes.map { "note     \($0)" }
    let rounding =
      largestFloatDifference.map { ", but for floats off by up to \($0) of the largest" } ?? ""
    lines.append("verdict  \(verdict)\(mismatches.isEmpty ? rounding : "")")
    return lines.joined(separator: "\n")
  }
}

/// What `verify --json` prints, but for the name of the plan.
struct VerifyOutput: Decodable, Equatable {
  let model: String
  let profile: String
  let buffers: Int
  let steps: Int
  let plannedPeakInBytes: Int
  let measuredPeakInBytes: Int?
  let untiledPeakInBytes: Int
  let macs: Int?
  let untiledMACs: Int
  let samples: Int
  let findings: [String]
  let shadowFindings: [String]?
  let equalFingerprints: Bool?
  let falseAcceptBound: Double?
  let difference: String?
  let verdict: String
  let reasons: [String]
}

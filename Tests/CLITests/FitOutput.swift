/// What `fit --json` prints.
struct FitOutput: Decodable {
  struct Verification: Decodable {
    let measuredPeakInBytes: Int?
    let macs: Int?
    let samples: Int
    let verdict: String
    let reasons: [String]
  }

  let model: String
  let ramInBytes: Int
  let fits: Bool
  let untiled: ExploreOutput.Cost
  let point: ExploreOutput.Point
  let search: ExploreOutput.Search?
  let verification: Verification?
  let explanations: [ExploreOutput.Explanation]?
  let files: [PlanOutput.File]
}

import TestSupport

/// What `explore --json` prints.
struct ExploreOutput: Decodable {
  struct Cost: Decodable, Equatable {
    let peak: Int
    let macs: Int
  }

  struct Conventions: Decodable {
    let modes: [String]
    let alignment: Int
    let inPlace: String
    let excludesInputs: Bool
    let excludesOutputs: Bool
    let largestOverhead: Double?
  }

  struct Point: Decodable {
    let peak: Int
    let macs: Int
    let overhead: Double
    let saved: Double
    let modes: [String]
    let groups: [String]
    let certified: Bool
    let tiling: JSONTree
    let plan: String?
  }

  struct Search: Decodable {
    let groups: Int
    let plans: Int
    let isExhaustive: Bool
    let estimatedLeastPeak: Int
  }

  struct Seconds: Decodable {
    let search: Double
    let certify: Double
  }

  struct Explanation: Decodable {
    let op: Int
    let name: String
    let text: String
  }

  let model: String
  let profile: String
  let untiled: Cost
  let conventions: Conventions
  let points: [Point]
  let search: Search
  let seconds: Seconds
  let explanations: [Explanation]?
  let files: [PlanOutput.File]
}

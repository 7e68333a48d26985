/// What `prove-checker --json` prints.
struct ProveCheckerOutput: Decodable, Equatable {
  struct Row: Decodable, Equatable {
    let name: String
    let possible: Int
    let places: Int
    let malformed: Int
    let walk: Int
    let symbolic: Int
    let equivalent: Int
    let missed: Int
    let symbolicRuns: Int
    let symbolicAlone: Int
  }

  struct Plan: Decodable, Equatable {
    let mode: String
    let plan: String?
    let steps: Int
    let buffers: Int
    let isSound: Bool
    let symbolicLimit: Int
    let classes: [Row]
    let missed: [String]
  }

  let model: String
  let profile: String
  let judges: String
  let seed: UInt64
  let plans: [Plan]
  let classes: [Row]
  let total: Row?
  let verdict: String
}

/// What `lint --json` prints.
struct LintOutput: Decodable {
  struct Finding: Decodable {
    let kind: String
    let tensors: [Int]
    let message: String
  }

  struct Plan: Decodable {
    let offsets: Int
    let placed: Int
  }

  let model: String
  let plan: Plan?
  let arenaInBytes: Int?
  let onlineArenaInBytes: Int?
  let findings: [Finding]
  let hasMoreFindings: Bool
  let notes: [String]
}

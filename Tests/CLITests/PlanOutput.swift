/// What `plan --json` prints.
struct PlanOutput: Decodable {
  struct File: Decodable {
    let path: String
    let bytes: Int
  }

  let model: String
  let plan: String
  let steps: Int
  let peakInBytes: Int
  let arenaInBytes: Int?
  let onlineArenaInBytes: Int?
  let files: [File]
}

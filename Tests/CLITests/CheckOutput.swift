/// What `check --json` prints.
struct CheckOutput: Decodable {
  let model: String
  let profile: String
  let recording: String
  let cases: [String]
  let outputs: Int
  let tensors: Int
  let mismatches: [String]
  let notes: [String]
  let verdict: String
}

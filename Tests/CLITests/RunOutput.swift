/// What `run --json` prints.
struct RunOutput: Decodable {
  struct Tensor: Decodable {
    let index: Int
    let name: String
    let element: String
    let shape: [Int]
    let sha256: String
    let path: String
  }

  let model: String
  let profile: String
  let plan: String?
  let peakInBytes: Int?
  let macs: Int
  let outputs: [Tensor]
  let state: [Tensor]
  let dumped: [Tensor]
}

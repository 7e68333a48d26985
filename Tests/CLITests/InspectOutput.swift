/// What `inspect --json` prints.
struct InspectOutput: Decodable {
  struct Tensor: Decodable {
    let index: Int
    let name: String
    let element: String
    let shape: [Int]
    let constantBytes: Int?
    let scale: Float?
    let zeroPoint: Int32?
  }

  struct Operator: Decodable {
    let index: Int
    let name: String
    let inputs: [Int]
    let outputs: [Int]
  }

  struct Refusal: Decodable {
    let node: Int?
    let tensor: Int?
    let name: String
    let isSupported: Bool
    let reason: String
  }

  let model: String
  let hash: String
  let subgraphs: Int
  let inputs: [Int]
  let outputs: [Int]
  let operators: [Operator]
  let tensors: [Tensor]
  let macs: Int?
  let unsupported: [Refusal]
  let supportedOperators: [String]?
}

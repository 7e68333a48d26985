/// The tensors of a model's first subgraph, as LiteRT described them after a run.
struct GoldenTensors: Decodable {
  let tensors: [GoldenTensor]
}

/// One tensor of a model, as LiteRT described it after a run.
struct GoldenTensor: Decodable {
  let index: Int
  let name: String
  let dtype: String
  let const: Bool
  let shape: [Int]
  let bytes: Int
  let scale: Float?
  let zeroPoint: Int32?
  let variable: Bool?

  enum CodingKeys: String, CodingKey {
    case index, name, dtype, const, shape, bytes, scale, variable
    case zeroPoint = "zero_point"
  }
}

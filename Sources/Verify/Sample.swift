public import Graph
internal import Ops
public import Tensor

/// One input of a network, with a name for messages.
public struct Sample: Sendable {
  /// What messages call it.
  public let name: String
  /// One value per network input, row-major.
  public let inputs: [Bytes]
  /// Whether somebody gave the values, so that a difference is shown on no others.
  public let isGiven: Bool

  /// Makes a sample of given values.
  public init(name: String, inputs: [Bytes], isGiven: Bool = false) {
    self.name = name
    self.inputs = inputs
    self.isGiven = isGiven
  }

  /// The inputs that every plan is tried on: all at the lowest number, all at the highest, all at
  /// zero, then `count` random ones that belong to `seed`.
  ///
  /// Numbers are codes, or floats of a magnitude of 1, 16 or 256 in turn.
  public static func standard(for graph: Graph, random count: Int, seed: UInt64) -> [Sample] {
    let types = graph.inputs.map { graph.tensors[$0].type }
    var generator = SplitMix64(seed: seed)
    func sample(_ name: String, _ value: SampleValue) -> Sample {
      Sample(name: name, inputs: types.map { value.bytes(of: $0, using: &generator) })
    }
    return [
      sample("all lowest", .lowest), sample("all highest", .highest), sample("all zero", .zero),
    ]
      + (0..<count).map { index in
        sample(
          "random \(index) of seed \(seed)", .random(magnitude: [1, 16, 256][index % 3]))
      }
  }
}

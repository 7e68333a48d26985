public import Graph
internal import Ops
public import Tensor

/// One input of a network, with a name for messages.
public struct Sample: Sendable {
  /// What messages call it.
  public let name: String
  /// One value per network input, row-major.
  public let inputs: [Bytes]

  /// Makes a sample of given values.
  public init(name: String, inputs: [Bytes]) {
    self.name = name
    self.inputs = inputs
  }

  /// The inputs that every plan is tried on: all at the lowest code, all at the highest, all at the
  /// zero point, then `count` random ones that belong to `seed`.
  public static func standard(for graph: Graph, random count: Int, seed: UInt64) -> [Sample] {
    let types = graph.inputs.map { graph.tensors[$0].type }
    func constant(_ name: String, _ code: (ClosedRange<Int32>, Int32) -> Int32) -> Sample {
      Sample(
        name: name,
        inputs: types.map { type in
          let codes = type.element.codes ?? 0...0
          let value = code(codes, type.quantization?.zeroPoints[0] ?? 0)
          return type.element.bytes(of: [Int32](repeating: value, count: type.shape.count))
        })
    }
    var generator = SplitMix64(seed: seed)
    let random = (0..<count).map { index in
      Sample(
        name: "random \(index) of seed \(seed)",
        inputs: types.map { type in
          let codes = type.element.codes ?? 0...0
          return type.element.bytes(
            of: (0..<type.shape.count).map { _ in Int32.random(in: codes, using: &generator) })
        })
    }
    return [
      constant("all lowest") { codes, _ in codes.lowerBound },
      constant("all highest") { codes, _ in codes.upperBound },
      constant("all zero points") { _, zeroPoint in zeroPoint },
    ] + random
  }
}

internal import Graph
internal import Ops
internal import Tensor

/// Random values for the inputs of a network for which all its results are defined.
struct DefinedInputs {
  private let graph: Graph
  /// By model input the operator, and which of its operands, that is not defined for all values.
  private var readers: [Int: (node: GraphNode, operand: Int)] = [:]

  /// `nil` where an operator that is not defined for all values reads what another one computes, or two
  /// such read one tensor.
  init?(_ graph: Graph) {
    self.graph = graph
    var generator = SplitMix64(seed: 0)
    for node in graph.nodes {
      for (operand, tensor) in node.inputs.enumerated() {
        guard let tensor, node.isActivation(operand),
          node.operation.randomValue(of: operand, node.signature, using: &generator) != nil
        else { continue }
        guard graph.modelInputs.contains(tensor), readers[tensor] == nil else { return nil }
        readers[tensor] = (node, operand)
      }
    }
  }

  /// One value per model input.
  func values(using generator: inout SplitMix64) -> [Bytes] {
    graph.modelInputs.map { tensor in
      let defined = readers[tensor].flatMap { reader in
        reader.node.operation.randomValue(
          of: reader.operand, reader.node.signature, using: &generator)
      }
      return defined ?? .random(graph.tensors[tensor].type, using: &generator)
    }
  }
}

extension Bytes {
  /// Elements of all magnitudes, and at times the least, the largest, or the same ones everywhere.
  fileprivate static func random(_ type: TensorType, using generator: inout SplitMix64) -> Bytes {
    let count = type.shape.count
    let whim = Int.random(in: 0..<8, using: &generator)
    switch type.element {
    case .float32:
      let magnitude = [1, 1, 8, 8, 8, 256, 256, 65536][whim] as Float
      return Bytes(
        copying: (0..<count).map { _ in
          Int.random(in: 0..<8, using: &generator) == 0
            ? [0, -0.0, 0.5, -0.5, 1, -1, 2.5, -3].randomElement(using: &generator) ?? 0
            : Float.random(in: -magnitude...magnitude, using: &generator)
        })
    case .bool:
      return Bytes(copying: (0..<count).map { _ in UInt8.random(in: 0...1, using: &generator) })
    case .int64:
      let bits = [2, 8, 8, 31, 31, 40, 62, 62][whim]
      return Bytes(
        copying: (0..<count).map { _ in
          Int64.random(in: -(1 << bits)..<(1 << bits), using: &generator)
        })
    default:
      guard let codes = type.element.codes else {
        return Bytes(copying: [UInt8](repeating: 0, count: type.sizeInBytes))
      }
      let range =
        switch whim {
        case 0: codes.lowerBound...codes.lowerBound
        case 1: codes.upperBound...codes.upperBound
        case 2, 3: max(codes.lowerBound, -100)...min(codes.upperBound, 100)
        default: codes
        }
      return type.element.bytes(
        of: (0..<count).map { _ in Int32.random(in: range, using: &generator) })
    }
  }
}

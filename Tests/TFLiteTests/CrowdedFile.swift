import Tensor
import Testing

/// A file of about a megabyte whose parts refer to one large part as often as they can.
enum CrowdedFile: String, Codable, CaseIterable, Sendable {
  /// Concatenations of the same long list of operands.
  case operands
  /// Concatenations of the same list of operands of eight axes, so short that all of them fit the budget.
  case rules
  /// Squeezes with the same long list of axes.
  case options
  /// Means over the same long list of axes.
  case axes
  /// Tensors with the same shape of many axes.
  case shapes
  /// Tensors with the same scales.
  case scales
  /// Tensors with the same long name.
  case names
  /// Metadata of the same name and bytes.
  case metadata
  /// Tensors of 2^48 elements each.
  case largeTensors
  /// Tensors of an odd and an even number of int4, in turn, that share a buffer.
  case packed

  /// What becomes of it.
  var fate: ModelFate {
    switch self {
    case .rules: .imported
    case .packed: .ran
    case .options, .axes: .refused
    case .largeTensors: .noNetwork
    case .operands, .shapes, .scales, .names, .metadata: .malformed
    }
  }

  /// How often the large part is referred to.
  private static let count = 4000

  /// The file.
  var file: FlatFile {
    switch self {
    case .operands:
      let list = FlatNode.numbers([Int32](repeating: 0, count: 100_000)).marked("list")
      return Self.operators(2) { $0 == Self.count - 1 ? list : .shared("list") }
    case .rules:
      let list = FlatNode.numbers([Int32](repeating: 0, count: 7)).marked("list")
      return Self.operators(2, shape: [0, 1, 1, 1, 1, 1, 1, 1]) {
        $0 == Self.count - 1 ? list : .shared("list")
      }
    case .options:
      let list = FlatNode.numbers([Int32](repeating: 0, count: 100_000)).marked("list")
      return Self.operators(43, optionsType: 30) { _ in
        .numbers([0] as [Int32])
      } options: {
        [0: $0 == Self.count - 1 ? list : .shared("list")]
      }
    case .axes:
      return Self.operators(40, axes: 100_000) { _ in .numbers([0, 1] as [Int32]) }
    case .shapes:
      let list = FlatNode.numbers([Int32](repeating: 1, count: 100_000)).marked("list")
      return Self.tensors {
        [0: $0 == Self.count - 1 ? list : .shared("list"), 1: .number(ModelNodes.int8)]
      }
    case .scales:
      let list = FlatNode.floats([Float](repeating: 1, count: 100_000)).marked("list")
      return Self.tensors { index in
        [
          0: .numbers([100_000] as [Int32]), 1: .number(ModelNodes.int8),
          4: .table([2: index == Self.count - 1 ? list : .shared("list")]),
        ]
      }
    case .names:
      let list = FlatNode.string(String(repeating: "a", count: 400_000)).marked("list")
      return Self.tensors {
        [1: .number(ModelNodes.int8), 3: $0 == Self.count - 1 ? list : .shared("list")]
      }
    case .metadata:
      let name = FlatNode.string(String(repeating: "a", count: 100_000))
      return FlatFile(
        ModelNodes.model(adding: [
          6: .repeated(.table([0: name, 1: .number(UInt32(0))]), count: 100_000)
        ]))
    case .largeTensors:
      return Self.tensors { _ in
        [0: .numbers([1 << 24, 1 << 24] as [Int32]), 1: .number(ModelNodes.int8)]
      }
    case .packed:
      let pairs = ModelNodes.buffer([UInt8](repeating: 0, count: 100_000))
      return Self.tensors(buffers: [ModelNodes.buffer(), pairs]) { index in
        [
          0: .numbers([Int32(200_000 - index % 2)]), 1: .number(ModelNodes.int4),
          2: .number(UInt32(1)),
        ]
      }
    }
  }

  private static func tensors(
    buffers: [FlatNode] = [ModelNodes.buffer()], _ fields: (Int) -> [Int: FlatNode]
  ) -> FlatFile {
    FlatFile(
      ModelNodes.model(
        tensors: .tables((0..<count).map { .table(fields($0)) }), buffers: buffers))
  }

  /// Operators of one code that read tensor 0, which is empty, or tensor 1, a constant of `axes` zeros,
  /// and make tensors of their own.
  private static func operators(
    _ code: Int8, optionsType: UInt8 = 0, axes: Int = 1, shape: [Int32] = [0],
    inputs: (Int) -> FlatNode,
    options: (Int) -> [Int: FlatNode] = { _ in [:] }
  ) -> FlatFile {
    let quantization = ModelNodes.quantization([1], zeroPoints: [0])
    let empty = ModelNodes.tensor(shape, name: "", quantization: quantization)
    let constant = ModelNodes.tensor([Int32(axes)], type: ModelNodes.int32, buffer: 1, name: "")
    let nodes = (0..<count).map { index in
      FlatNode.table([
        1: inputs(index), 2: .numbers([Int32(index + 2)]), 3: .number(optionsType),
        4: .table(options(index)),
      ])
    }
    return FlatFile(
      ModelNodes.model(
        tensors: .tables([empty, constant] + [FlatNode](repeating: empty, count: count)),
        operators: nodes, inputs: [0],
        buffers: [ModelNodes.buffer(), ModelNodes.buffer([UInt8](repeating: 0, count: 4 * axes))],
        adding: [1: .tables([.table([0: .number(code), 3: .number(Int32(code))])])]))
  }
}

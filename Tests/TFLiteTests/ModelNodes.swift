/// The tables of TensorFlow Lite's schema, as far as the tests write them.
enum ModelNodes {
  static func model(
    tensors: FlatNode = .tables([tensor()]), operators: [FlatNode] = [],
    inputs: [Int32] = [], outputs: [Int32] = [], buffers: [FlatNode] = [buffer()],
    adding fields: [Int: FlatNode] = [:]
  ) -> FlatNode {
    let subgraph = FlatNode.table([
      0: tensors, 1: .numbers(inputs).marked("inputs"), 2: .numbers(outputs).marked("outputs"),
      3: .tables(operators), 4: .string("main"),
    ])
    let model: [Int: FlatNode] = [
      0: FlatNode.number(UInt32(3)).marked("version"),
      1: .tables([.table([0: .number(Int8(3)), 3: .number(Int32(3))])]),
      2: FlatNode.tables([subgraph]).marked("subgraphs"), 3: .string("test"),
      4: .tables(buffers),
    ]
    return .table(model.merging(fields) { $1 })
  }

  static func model(tensor: FlatNode, buffers: [FlatNode] = [buffer()]) -> FlatNode {
    model(tensors: .tables([tensor]), buffers: buffers)
  }

  static func tensor(
    _ shape: [Int32] = [1], type: Int8 = int8, buffer: UInt32 = 0, name: String = "tensor",
    quantization: FlatNode? = nil, adding fields: [Int: FlatNode] = [:]
  ) -> FlatNode {
    var tensor: [Int: FlatNode] = [
      0: FlatNode.numbers(shape).marked("shape"), 1: .number(type),
      2: FlatNode.number(buffer).marked("buffer"), 3: .string(name),
    ]
    tensor[4] = quantization
    return .table(tensor.merging(fields) { $1 })
  }

  static func quantization(
    _ scales: [Float], zeroPoints: [Int64]? = nil, axis: Int32? = nil,
    adding fields: [Int: FlatNode] = [:]
  ) -> FlatNode {
    var quantization: [Int: FlatNode] = [2: FlatNode.floats(scales).marked("scale")]
    quantization[3] = zeroPoints.map { FlatNode.numbers($0).marked("zero_point") }
    quantization[6] = axis.map { FlatNode.number($0).marked("quantized_dimension") }
    return .table(quantization.merging(fields) { $1 })
  }

  static func operation(
    inputs: [Int32] = [0], outputs: [Int32] = [0], adding fields: [Int: FlatNode] = [:]
  ) -> FlatNode {
    let operation: [Int: FlatNode] = [
      1: FlatNode.numbers(inputs).marked("operator.inputs"),
      2: FlatNode.numbers(outputs).marked("operator.outputs"),
    ]
    return .table(operation.merging(fields) { $1 })
  }

  static func buffer(_ bytes: [UInt8]? = nil) -> FlatNode {
    guard let bytes else { return .table([:]) }
    return .table([0: FlatNode.numbers(bytes).marked("data")])
  }

  static let float32: Int8 = 0
  static let int32: Int8 = 2
  static let bool: Int8 = 6
  static let string: Int8 = 5
  static let int8: Int8 = 9
  static let int4: Int8 = 17
}

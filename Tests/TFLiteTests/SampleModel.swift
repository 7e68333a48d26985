/// A small model that uses every field the reader knows.
enum SampleModel {
  static let file: FlatFile = {
    var file = FlatFile(node)
    let start = file.append([21, 22, 23, 24])
    file.patch(file.offset("external.offset"), UInt64(start))
    return file
  }()

  private static let node = ModelNodes.model(
    tensors: .tables([input, filter, bias, output, state, scalar, strings, external]),
    operators: [convolution, custom], inputs: [0], outputs: [3],
    buffers: [
      ModelNodes.buffer(),
      .table([0: FlatNode.numbers([1, 2, 3, 4] as [UInt8]).marked("filter.data")]),
      ModelNodes.buffer([UInt8](repeating: 7, count: 8)), ModelNodes.buffer([]),
      ModelNodes.buffer([9, 0, 0, 0]),
      .table([
        1: FlatNode.number(UInt64(0)).marked("external.offset"), 2: .number(UInt64(4)),
      ]),
      ModelNodes.buffer([0xAA, 0xBB]),
    ],
    adding: [
      1: .tables([
        .table([0: .number(Int8(3)), 2: .number(Int32(8)), 3: .number(Int32(3))]),
        .table([0: .number(Int8(32)), 1: .string("Special"), 3: .number(Int32(32))]),
        .table([0: .number(Int8(127)), 3: .number(Int32(150))]),
      ]),
      6: .tables([.table([0: .string("plan"), 1: .number(UInt32(6))])]),
    ])

  private static let input = ModelNodes.tensor(
    [1, 2, 2, 1], name: "input",
    quantization: ModelNodes.quantization([0.5], zeroPoints: [-3]),
    adding: [7: .numbers([-1, 2, 2, 1] as [Int32])])

  private static let filter = ModelNodes.tensor(
    [2, 1, 1, 2], buffer: 1, name: "filter",
    quantization: ModelNodes.quantization([0.25, -0.125], zeroPoints: [0, 0]))

  private static let bias = ModelNodes.tensor(
    [2], type: ModelNodes.int32, buffer: 2, name: "bias",
    quantization: ModelNodes.quantization([0.5, 0.75], axis: 3))

  private static let output = ModelNodes.tensor(
    [1, 2, 2, 2], buffer: 3, name: "output",
    quantization: ModelNodes.quantization([1, 2], zeroPoints: [5], axis: 3))

  private static let state = ModelNodes.tensor(
    [4], type: ModelNodes.float32, name: "state", adding: [5: .number(UInt8(1))])

  private static let scalar = ModelNodes.tensor(
    [], type: ModelNodes.int32, buffer: 4, name: "scalar")

  private static let strings = ModelNodes.tensor(
    [3], type: ModelNodes.string, buffer: 6, name: "strings")

  private static let external = ModelNodes.tensor([4], buffer: 5, name: "external")

  private static let convolution = ModelNodes.operation(
    inputs: [0, 1, 2], outputs: [3],
    adding: [
      3: .number(UInt8(1)),
      4: FlatNode.table([
        0: .number(Int8(1)), 1: .number(Int32(2)), 2: .number(Int32(-3)), 3: .float(0.5),
        4: .number(UInt8(1)), 5: FlatNode.numbers([4, 5] as [Int32]).marked("option.vector"),
      ]).marked("options"),
    ])

  private static let custom = ModelNodes.operation(
    inputs: [-1, 3], outputs: [3],
    adding: [
      0: FlatNode.number(UInt32(1)).marked("opcode_index"), 5: .numbers([8, 9, 10] as [UInt8]),
      8: .numbers([4] as [Int32]), 11: .number(UInt8(2)), 12: .table([0: .number(Int32(6))]),
    ])
}

/// A small sound network of operators that take constants, indices and options: one that runs.
enum TinyNetwork {
  static let file = FlatFile(root)

  private static let root = ModelNodes.model(
    tensors: .tables(tensors), operators: operators, inputs: [0, 14], outputs: [13, 16],
    buffers: buffers, adding: [1: .tables(codes.map(code))])

  /// CONV_2D, PAD, GATHER, RESHAPE, FULLY_CONNECTED, SOFTMAX.
  private static let codes: [Int8] = [3, 34, 36, 22, 9, 25]

  private static func code(_ code: Int8) -> FlatNode {
    .table([0: .number(code), 3: .number(Int32(code))])
  }

  private static let tensors = [
    codes([1, 4, 4, 2], 0.5, -3), codes([2, 3, 3, 2], 0.1, 0, buffer: 1),
    integers([2], buffer: 2), codes([1, 4, 4, 2], 1, 4),
    integers([4, 2], buffer: 3), codes([1, 5, 5, 2], 1, 4),
    integers([3], buffer: 4), codes([1, 3, 5, 2], 1, 4),
    integers([2], buffer: 5), codes([1, 30], 1, 4),
    codes([3, 30], 0.2, 0, buffer: 6), integers([3], buffer: 7), codes([1, 3], 2, 0),
    codes([1, 3], 1 / 256, -128),
    integers([2], buffer: 0), ModelNodes.tensor([3, 2], type: ModelNodes.float32, buffer: 8),
    ModelNodes.tensor([2, 2], type: ModelNodes.float32),
  ]

  private static let operators = [
    operation(
      0, [0, 1, 2], [3], options: 1,
      [0: .number(Int8(0)), 1: .number(Int32(1)), 2: .number(Int32(1)), 3: .number(Int8(1))]),
    operation(1, [3, 4], [5], options: 22, [:]),
    operation(2, [5, 6], [7], options: 23, [0: .number(Int32(1))]),
    operation(3, [7, 8], [9], options: 17, [0: .numbers([1, 30] as [Int32])]),
    operation(4, [9, 10, 11], [12], options: 8, [0: .number(Int8(0))]),
    operation(5, [12], [13], options: 9, [0: .float(1)]),
    operation(2, [15, 14], [16], options: 23, [0: .number(Int32(0))]),
  ]

  private static let buffers = [
    ModelNodes.buffer(), ModelNodes.buffer((0..<36).map { UInt8(truncatingIfNeeded: $0 * 37) }),
    words([7, -9]), words([0, 0, 0, 1, 1, 0, 0, 0]), words([4, 0, 2]), words([1, 30]),
    ModelNodes.buffer((0..<90).map { UInt8(truncatingIfNeeded: $0 * 53) }), words([1, 2, 3]),
    ModelNodes.buffer([0.5, 1, 1.5, 2, -1, 0].flatMap { littleEndian(Float($0).bitPattern) }),
  ]

  private static func codes(
    _ shape: [Int32], _ scale: Float, _ zeroPoint: Int64, buffer: UInt32 = 0
  ) -> FlatNode {
    ModelNodes.tensor(
      shape, buffer: buffer,
      quantization: ModelNodes.quantization([scale], zeroPoints: [zeroPoint]))
  }

  private static func integers(_ shape: [Int32], buffer: UInt32) -> FlatNode {
    ModelNodes.tensor(shape, type: ModelNodes.int32, buffer: buffer)
  }

  private static func words(_ words: [Int32]) -> FlatNode {
    ModelNodes.buffer(words.flatMap(littleEndian))
  }

  private static func operation(
    _ code: UInt32, _ inputs: [Int32], _ outputs: [Int32], options type: UInt8,
    _ options: [Int: FlatNode]
  ) -> FlatNode {
    ModelNodes.operation(
      inputs: inputs, outputs: outputs,
      adding: [0: .number(code), 3: .number(type), 4: .table(options)])
  }
}

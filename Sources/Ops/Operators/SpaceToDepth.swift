package import Tensor

/// SPACE_TO_DEPTH and DEPTH_TO_SPACE: blocks of pixels become the channels of one, and back.
///
/// A map of [batches, rows, columns, channels]; the pixels of a block come row by row, each with all its
/// channels.
package struct SpaceToDepth: Operator {
  private static let toDepth = Builtin("SPACE_TO_DEPTH", 26, options: 19, versions: [.int8: 2])
  /// LiteRT's reference kernel is registered for the first version alone; it takes int8.
  private static let toSpace = Builtin("DEPTH_TO_SPACE", 5, options: 94)
  package static let builtins = [toDepth, toSpace]

  private static let elements: [ElementType] = [.int8, .uint8, .int32, .int64, .float32]
  private static let types = MovedTypes(tflm: [.int8, .float32], litert: Set(elements))

  package let builtin: Builtin
  /// How many rows and columns a block has; at least 1.
  package let blockSize: Int

  init(_ builtin: Builtin, blockSize: Int) {
    self.builtin = builtin
    self.blockSize = blockSize
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let size = try options.int32(0, default: 0)
    // The limit keeps extents inside an Int.
    guard (1...1 << 12).contains(size) else {
      throw OptionError(slot: 0, expected: "a block of 1 to 2^12 rows, not \(size)")
    }
    self.init(builtin, blockSize: Int(size))
  }

  package var options: OptionValues { OptionValues([0: .int32(Int32(blockSize))]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1)
    let input = signature.input(0).shape
    guard input.rank == 4 else {
      throw OperatorError(.invalid, .operand(0), expected: "4 axes", found: "\(input)")
    }
    let divides =
      builtin == Self.toDepth
      ? input[1] % blockSize == 0 && input[2] % blockSize == 0
      : input[3] % (blockSize * blockSize) == 0
    guard divides else {
      throw OperatorError(
        .invalid, .operand(0), expected: "blocks of \(blockSize) by \(blockSize)",
        found: "\(input)")
    }
    try Self.types.check(signature)
    try signature.requireOutput(shape: extents(of: input))
  }

  /// What becomes of a map.
  private func extents(of input: Shape) -> [Int] {
    let size = blockSize
    return builtin == Self.toDepth
      ? [input[0], input[1] / size, input[2] / size, input[3] * size * size]
      : [input[0], input[1] * size, input[2] * size, input[3] / (size * size)]
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    Self.types.has(signature.input(0).element, by: profile)
  }

  /// A pixel of blocks reads all rows and columns of one; a pixel of one, all channels of its block.
  package func access(_ signature: Signature, output: Int) -> Access {
    let channels = signature.input(0).shape[3]
    let axes: [AxisAccess]
    if builtin == Self.toSpace {
      axes = [
        .window(axis: 0), .scaled(axis: 1, factor: blockSize), .scaled(axis: 2, factor: blockSize),
        .whole,
      ]
    } else {
      axes = [
        .window(axis: 0), .scaled(axis: 1, factor: 1, size: blockSize),
        .scaled(axis: 2, factor: 1, size: blockSize),
        channels == 0 ? .whole : .mapped(axis: 3, .repeated(period: channels)),
      ]
    }
    return Access([axes], signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 4, arrays: [20])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let (input, output) = (signature.input(0).shape, signature.outputs[0].shape)
    let (size, channels) = (blockSize, max(input[3], 1))
    func term(_ axis: Int, _ function: (Int) -> Int) -> CoordinateSumKernel.Term {
      CoordinateSumKernel.Term(axis, count: output[axis], function)
    }
    let terms =
      builtin == Self.toDepth
      ? [
        [term(0) { $0 }], [term(1) { $0 * size }, term(3) { $0 / channels / size }],
        [term(2) { $0 * size }, term(3) { $0 / channels % size }], [term(3) { $0 % channels }],
      ]
      : [
        [term(0) { $0 }], [term(1) { $0 / size }], [term(2) { $0 / size }],
        [
          term(1) { $0 % size * size * output[3] }, term(2) { $0 % size * output[3] },
          term(3) { $0 },
        ],
      ]
    return CoordinateSumKernel(terms, shape: input)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("blocks have an input") }
    let (output, size) = (signature.outputs[0].shape, blockSize)
    let (space, depth) = builtin == Self.toDepth ? (input.shape, output) : (output, input.shape)
    var values = [Double](repeating: 0, count: output.count)
    for index in 0..<space.count {
      let place = space.coordinate(at: index)
      let pixel = place[1] % size * size + place[2] % size
      let other = depth.index(of: [
        place[0], place[1] / size, place[2] / size, pixel * space[3] + place[3],
      ])
      if builtin == Self.toDepth {
        values[other] = input.values[index]
      } else {
        values[index] = input.values[other]
      }
    }
    return [RealTensor(output, values)]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let size = Int.random(in: 1...3, using: &generator)
    let isDepth = Bool.random(using: &generator)
    let extents = (0..<4).map { axis in
      let extent = Int.random(in: 1...3, using: &generator)
      return extent
        * (axis == 0 ? 1 : isDepth ? (axis == 3 ? size * size : 1) : axis < 3 ? size : 1)
    }
    return drawn(
      reading: .random(elements, Shape(checking: extents) ?? Shape(1, 1, 1, 1), using: &generator),
      using: &generator)
  }

  /// With blocks of the largest size that divides the map, or of one pixel.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let shape = type.shape
    guard shape.rank == 4, shape.count > 0 else { return nil }
    let sizes = [toDepth, toSpace].flatMap { builtin in
      (1...4).filter { size in
        builtin == toDepth
          ? shape[1] % size == 0 && shape[2] % size == 0 : shape[3] % (size * size) == 0
      }.map { SpaceToDepth(builtin, blockSize: $0) }
    }
    let larger = sizes.filter { $0.blockSize > 1 }
    let isLarge = Int.random(in: 0..<8, using: &generator) > 0
    let drawn = (larger.isEmpty || !isLarge ? sizes : larger).randomElement(using: &generator)
    return drawn.map { operation in
      Example(
        operation,
        Signature(
          inputs: [Operand(type)], outputs: [type.with(extents: operation.extents(of: shape))]))
    }
  }
}

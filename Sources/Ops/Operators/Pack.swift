package import Tensor

/// PACK and UNPACK: tensors of one shape stacked along a new axis, and the slices of such a stack.
///
/// Any type of element; all share one quantization.
package struct Pack: Operator {
  private static let pack = Builtin(
    "PACK", 83, options: 59, versions: [.int8: 2, .int16: 3, .uint32: 4])
  private static let unpack = Builtin(
    "UNPACK", 88, options: 64, versions: [.int8: 2, .uint8: 2, .bool: 3, .int16: 4])
  package static let builtins = [pack, unpack]

  private static let packed = MovedTypes(
    tflm: [.int8, .int16, .int32, .int64, .float32],
    litert: [.int8, .uint8, .int16, .int32, .uint32, .int64, .float32])
  private static let unpacked = MovedTypes(
    tflm: [.int8, .int16, .int32, .float32],
    litert: [.int8, .uint8, .int16, .int32, .bool, .float16, .float32])

  package let builtin: Builtin
  /// How many slices the stack has; at least 1.
  package let count: Int
  /// The axis of the stack that the slices lack; below 0 counted from the end.
  package let axis: Int

  init(_ builtin: Builtin, count: Int, axis: Int) {
    self.builtin = builtin
    self.count = count
    self.axis = axis
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let count = try options.int32(0, default: 0)
    guard count >= 1 else {
      throw OptionError(slot: 0, expected: "at least one slice, not \(count)")
    }
    self.init(builtin, count: Int(count), axis: Int(try options.int32(1, default: 0)))
  }

  package var options: OptionValues {
    OptionValues([0: .int32(Int32(count)), 1: .int32(Int32(axis))])
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    let operandCount = builtin == Self.pack ? count : 1
    try signature.requireCounts(
      inputs: operandCount...operandCount, required: operandCount,
      outputs: builtin == Self.pack ? 1 : count)
    let first = signature.input(0)
    let rank = rank(signature)
    guard (-rank..<rank).contains(axis) else {
      throw OperatorError(
        .invalid, .attribute("axis"), expected: "an axis of \(rank)", found: "\(axis)")
    }
    var shape = first.shape.extents
    let axis = axis(signature)
    if builtin == Self.pack {
      shape.insert(count, at: axis)
    } else if shape.remove(at: axis) != count {
      throw OperatorError(
        .invalid, .operand(0), expected: "\(count) along axis \(axis)", found: "\(first.shape)")
    }
    for operand in 1..<operandCount where signature.input(operand) != first {
      throw OperatorError(
        .invalid, .operand(operand), expected: "\(first), quantized as operand 0",
        found: "\(signature.input(operand))")
    }
    for output in signature.outputs.indices {
      try types.check(signature, output: output)
      try signature.requireOutput(output, shape: shape)
    }
  }

  private var types: MovedTypes { builtin == Self.pack ? Self.packed : Self.unpacked }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    types.has(signature.input(0).element, by: profile)
  }

  /// How many axes the stack has.
  private func rank(_ signature: Signature) -> Int {
    signature.input(0).shape.rank + (builtin == Self.pack ? 1 : 0)
  }

  /// The axis, counted from the front.
  private func axis(_ signature: Signature) -> Int {
    axis < 0 ? axis + rank(signature) : axis
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let (axis, rank) = (axis(signature), rank(signature))
    if builtin == Self.pack {
      let axes = (0..<rank).filter { $0 != axis }.map { AxisAccess.window(axis: $0) }
      return Access(
        [[AxisAccess]](repeating: axes, count: count), signature: signature,
        slots: (0..<count).map { OutputSlot(axis: axis, coordinate: $0) })
    }
    let axes = (0..<rank).map { own -> AxisAccess in
      own == axis ? .fixed(output) : .window(axis: own < axis ? own : own - 1)
    }
    return Access([axes], signature: signature, output: output)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 8)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    if builtin == Self.pack {
      return MovementKernel(access(signature, output: 0), sources: 0..<count)
    }
    return PartsKernel(
      parts: (0..<count).map { MovementKernel(access(signature, output: $0), sources: 0..<1) })
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let axis = axis(signature)
    if builtin == Self.pack {
      let output = signature.outputs[0].shape
      let values = (0..<output.count).map { index -> Double in
        var place = output.coordinate(at: index)
        guard let slice = inputs[place.remove(at: axis)] else {
          preconditionFailure("a stack has all its slices")
        }
        return slice.values[slice.shape.index(of: place)]
      }
      return [RealTensor(output, values)]
    }
    guard let stack = inputs[0] else { preconditionFailure("an unpack has a stack") }
    return signature.outputs.enumerated().map { output, type in
      RealTensor(
        type.shape,
        (0..<type.shape.count).map { index in
          var place = type.shape.coordinate(at: index)
          place.insert(output, at: axis)
          return stack.values[stack.shape.index(of: place)]
        })
    }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let isOfBoth = Int.random(in: 0..<4, using: &generator) > 0
    return drawn(
      reading: isOfBoth
        ? .random(
          [.int8, .int8, .uint8, .int16, .int32, .float32], axes: 0...4, extents: 1...5,
          using: &generator)
        : .random([.int64, .bool], axes: 1...3, extents: 1...5, using: &generator),
      using: &generator)
  }

  /// PACK of the operand and others of its type, or UNPACK where it has an axis of few coordinates; PACK takes
  /// no bool, UNPACK no int64.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    var extents = type.shape.extents
    var builtin = builtins.randomElement(using: &generator) ?? pack
    let axes = extents.indices.filter { (1...5).contains(extents[$0]) }
    if axes.isEmpty || type.element == .int64 { builtin = pack }
    if extents.count > 3 || type.element == .bool { builtin = unpack }
    let isNegative = Bool.random(using: &generator)
    if builtin == unpack {
      guard let axis = axes.randomElement(using: &generator), extents.count <= 4 else {
        return nil
      }
      let rank = extents.count
      let count = extents.remove(at: axis)
      var slice = type
      slice.shape = Shape(checking: extents) ?? Shape()
      return Example(
        Pack(builtin, count: count, axis: isNegative ? axis - rank : axis),
        Signature(inputs: [Operand(type)], outputs: [TensorType](repeating: slice, count: count)))
    }
    let count = Int.random(in: 1...4, using: &generator)
    let axis = Int.random(in: 0...extents.count, using: &generator)
    extents.insert(count, at: axis)
    var stack = type
    stack.shape = Shape(checking: extents) ?? Shape(1)
    // At times one slice is constant, as where a shape is put together.
    var operands = [Operand?](repeating: Operand(type), count: count)
    if count > 1, Int.random(in: 0..<3, using: &generator) == 0 {
      operands[Int.random(in: 0..<count, using: &generator)] =
        .randomConstant(type, using: &generator)
    }
    return Example(
      Pack(builtin, count: count, axis: isNegative ? axis - extents.count : axis),
      Signature(inputs: operands, outputs: [stack]))
  }
}

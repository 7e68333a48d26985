package import Tensor

/// CONCATENATION: tensors one after the other along an axis.
///
/// Any type of element; all operands are quantized as the result, but of uint8, whose codes are changed to
/// the result's.
package struct Concatenation: Operator {
  package static let builtins = [
    Builtin("CONCATENATION", 2, options: 10, versions: [.int8: 2, .int16: 3, .uint32: 4])
  ]

  private static let micro: Set<ElementType> = [.int8, .int16, .int32, .int64, .bool, .float32]
  private static let types = MovedTypes(
    tflm: micro, litert: micro.union([.uint8, .uint32, .float16]))
  /// How many operands TensorFlow Lite Micro's kernel has room for.
  private static let largestMicroCount = 10

  /// The axis; below 0 counted from the end.
  package let axis: Int

  init(axis: Int) { self.axis = axis }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(axis: Int(try options.int32(0, default: 0)))
    guard try Activation(options, slot: 1) == .none else {
      throw OptionError(.unsupported, slot: 1, expected: "no fused activation, not one")
    }
  }

  package var options: OptionValues { OptionValues([0: .int32(Int32(axis))]) }

  /// The axis, counted from the front.
  private func axis(_ signature: Signature) -> Int {
    axis < 0 ? axis + signature.outputs[0].shape.rank : axis
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    let count = signature.inputs.count
    try signature.requireCounts(inputs: max(count, 1)...max(count, 1), required: count)
    let (first, output) = (signature.input(0), signature.outputs[0])
    let axis = axis(signature)
    guard (0..<first.shape.rank).contains(axis), output.shape.rank == first.shape.rank else {
      throw OperatorError(
        .invalid, .attribute("axis"), expected: "an axis of \(first.shape)", found: "\(self.axis)")
    }
    guard Self.types.litert.contains(output.element) else {
      throw OperatorError(
        .unsupported, .output(0), expected: "a type that the reference kernels move",
        found: "\(output.element)")
    }
    try signature.requireCentered(.int16)
    var extent = 0
    for index in 0..<count {
      let input = signature.input(index)
      var shape = input.shape.extents
      guard shape.count == first.shape.rank, input.element == output.element else {
        throw OperatorError(
          .invalid, .operand(index), expected: "\(output.element) of \(first.shape.rank) axes",
          found: "\(input)")
      }
      let isRecoded =
        input.element == .uint8 && input.quantization?.isPerTensor ?? false
        && output.quantization?.isPerTensor ?? false
      guard isRecoded || input.quantization == output.quantization else {
        throw OperatorError(
          .unsupported, .operand(index), expected: "the scale and zero point of the result",
          found: "others")
      }
      extent += shape[axis]
      shape[axis] = first.shape[axis]
      guard shape == first.shape.extents else {
        throw OperatorError(
          .invalid, .operand(index), expected: "the extents \(first.shape) but for axis \(axis)",
          found: "\(input.shape)")
      }
    }
    var shape = first.shape.extents
    shape[axis] = extent
    try signature.requireOutput(shape: shape)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    Self.types.has(signature.outputs[0].element, by: profile)
      && (profile != .tflm || signature.inputs.count <= Self.largestMicroCount)
  }

  /// A tile reads nothing of the operands that it lies beside.
  package func access(_ signature: Signature, output: Int) -> Access {
    let axis = axis(signature)
    var start = 0
    let operands = signature.inputs.indices.map { index in
      let shape = signature.input(index).shape
      defer { start += shape[axis] }
      return (0..<shape.rank).map { AxisAccess.window(axis: $0, offset: $0 == axis ? -start : 0) }
    }
    return Access(operands, signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 8, data: 24, wideData: 40)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let output = signature.outputs[0]
    let isRecoded = signature.inputs.contains { $0?.type.quantization != output.quantization }
    return MovementKernel(
      access(signature, output: 0), sources: 0..<signature.inputs.count,
      recodings: isRecoded
        ? signature.inputs.indices.map {
          Recoding(of: $0, from: signature.input($0), to: output)
        } : [])
  }

  /// Codes that are changed are rounded once, from a difference in single precision of numbers of at most
  /// 2^8 steps of the operand.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let result = signature.outputs[0].quantization
    let changed = signature.inputs.compactMap(\.?.type.quantization).filter { $0 != result }
    guard let step = result?.scales[0], !changed.isEmpty else { return 0x1p-20 }
    let largest = changed.map { Double($0.scales[0] / step) }.max() ?? 1
    return 0.5 + (largest + 1) * 0x1p-13
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let (axis, output) = (axis(signature), signature.outputs[0].shape)
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          var place = output.coordinate(at: index)
          for case let input? in inputs {
            if place[axis] < input.shape[axis] { return input.values[input.shape.index(of: place)] }
            place[axis] -= input.shape[axis]
          }
          preconditionFailure("the operands fill the result")
        })
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        .moved, axes: 1...4, extents: 1...4, centered: .int16, using: &generator),
      using: &generator)
  }

  /// The operand is one of up to four; half of the time all have one shape.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...4).contains(extents.count), type.quantization?.isPerTensor ?? true else {
      return nil
    }
    let axis = Int.random(in: extents.indices, using: &generator)
    let isUniform = Bool.random(using: &generator)
    var output = type
    if type.element == .uint8, type.quantization != nil, Bool.random(using: &generator) {
      output.quantization = .random(.uint8, using: &generator)
    }
    let own = Int.random(in: 0..<4, using: &generator)
    var total = 0
    let inputs = (0..<max(own + 1, Int.random(in: 1...4, using: &generator))).map {
      index -> Operand? in
      var (operand, shape) = (type, extents)
      if index != own {
        if !isUniform { shape[axis] = Int.random(in: 1...4, using: &generator) }
        operand.shape = Shape(checking: shape) ?? type.shape
        operand.quantization = output.quantization
        if type.element == .uint8, type.quantization != nil, Bool.random(using: &generator) {
          operand.quantization = .random(.uint8, using: &generator)
        }
      }
      total += shape[axis]
      return Operand(operand)
    }
    var shape = extents
    shape[axis] = total
    output.shape = Shape(checking: shape) ?? type.shape
    return Example(
      Concatenation(
        axis: Bool.random(using: &generator) ? axis : axis - extents.count),
      Signature(inputs: inputs, outputs: [output]))
  }
}

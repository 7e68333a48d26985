package import Tensor

/// RESHAPE, SQUEEZE and EXPAND_DIMS: the same elements in the same row-major order under other extents.
///
/// Operand 1 of RESHAPE states the extents, that of EXPAND_DIMS the axis that is added. Any type of element.
package struct Reshape: Operator {
  private static let reshape = Builtin("RESHAPE", 22, options: 17)
  private static let squeeze = Builtin("SQUEEZE", 43, options: 30)
  private static let expand = Builtin("EXPAND_DIMS", 70, options: 52)
  package static let builtins = [reshape, squeeze, expand]

  package let builtin: Builtin
  /// The new extents, or the axes that are dropped, as the options state them; empty where they do
  /// not.
  ///
  /// The output's type decides; this is kept for writing the model.
  package let extentsOrAxes: [Int32]

  init(_ builtin: Builtin, extentsOrAxes: [Int32]) {
    self.builtin = builtin
    self.extentsOrAxes = extentsOrAxes
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin, extentsOrAxes: builtin == Self.expand ? [] : try options.int32s(0))
  }

  package var options: OptionValues {
    OptionValues(extentsOrAxes.isEmpty ? [:] : [0: .int32s(extentsOrAxes)])
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...2, required: 1)
    let (input, output) = (signature.input(0), signature.outputs[0])
    guard output.element == input.element, output.shape.count == input.shape.count else {
      throw OperatorError(
        .invalid, .output(0), expected: "\(input.shape.count) of \(input.element)",
        found: "\(output.shape.count) of \(output.element)")
    }
    guard signature.inputs.count < 2 || signature.inputs[1] == nil || signature.constant(1) != nil
    else {
      throw OperatorError(
        .unsupported, .operand(1), expected: "a constant shape", found: "one computed at run time")
    }
    if builtin == Self.expand { return try requireAxis(signature) }
    try requireStated(signature)
  }

  /// Throws unless operand 1 of EXPAND_DIMS states the axis of extent 1 that the result has more than the
  /// operand.
  private func requireAxis(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let axis = try signature.constantIntegers(1, count: 1)[0]
    var extents = signature.input(0).shape.extents
    guard (-extents.count - 1...extents.count).contains(axis) else {
      throw OperatorError(
        .invalid, .operand(1), expected: "one of \(extents.count + 1) axes", found: "\(axis)")
    }
    extents.insert(1, at: axis < 0 ? axis + extents.count + 1 : axis)
    try signature.requireOutput(shape: extents)
    try signature.requireSameElement()
  }

  /// Throws unless the extents that operand 1 of RESHAPE states, or else its options, are the
  /// result's; -1 stands for any.
  private func requireStated(_ signature: Signature) throws(OperatorError) {
    guard builtin == Self.reshape else { return }
    var (stated, subject) = (extentsOrAxes.map(Int.init), OperatorError.Subject.attribute("shape"))
    if signature.inputs.count > 1, signature.inputs[1] != nil {
      (stated, subject) = (try signature.constantIntegers(1), .operand(1))
    } else if stated.isEmpty {
      return
    }
    let extents = signature.outputs[0].shape.extents
    guard stated.count == extents.count, zip(stated, extents).allSatisfy({ $0 == -1 || $0 == $1 })
    else {
      throw OperatorError(.invalid, subject, expected: "\(extents)", found: "\(stated)")
    }
  }

  /// Kernels copy bytes, but for that of EXPAND_DIMS in TensorFlow Lite Micro; LiteRT's takes int16 around 0
  /// alone.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    guard builtin == Self.expand else { return true }
    let input = signature.input(0)
    if profile != .tflm { return input.element != .int16 || input.zeroPoint == 0 }
    return [.int8, .int16, .float32].contains(input.element)
      && signature.input(1).element == .int32 && signature.input(1).shape.rank <= 1
  }

  /// Axes whose extent and row-major place stay the same are read one to one; rows that are merged into one axis,
  /// or cut out of one, row by row; all others whole.
  package func access(_ signature: Signature, output: Int) -> Access {
    let (from, to) = (signature.input(0).shape, signature.outputs[0].shape)
    var axes = [AxisAccess](repeating: .whole, count: from.rank)
    for axis in axes.indices { axes[axis] = axisAccess(axis, of: from, in: to) }
    let shapeOperand: [[AxisAccess]] = signature.inputs.dropFirst().map { operand in
      [AxisAccess](repeating: .whole, count: operand?.type.shape.rank ?? 0)
    }
    return Access([axes] + shapeOperand, signature: signature)
  }

  /// How one axis of the operand follows the result's.
  private func axisAccess(_ axis: Int, of from: Shape, in to: Shape) -> AxisAccess {
    if from[axis] == 1 { return .fixed(0) }
    // Without elements there are no rows to follow.
    if from.count == 0 { return .whole }
    let (stride, toStrides) = (from.strides[axis], to.strides)
    let span = stride * from[axis]
    for (other, otherStride) in toStrides.enumerated() where to[other] > 1 {
      // Both axes end where the same outer coordinates change.
      guard otherStride * to[other] == span else { continue }
      if otherStride == stride { return .window(axis: other) }
      if stride % otherStride == 0 { return .scaled(axis: other, factor: stride / otherStride) }
      if otherStride % stride == 0 {
        return .scaled(axis: other, factor: 1, size: otherStride / stride)
      }
    }
    return .whole
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: builtin == Self.expand ? 0 : 36)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    ReshapeKernel(from: signature.input(0).shape, to: signature.outputs[0].shape)
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace {
    operand == 0 ? .sameAddress : .never
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard
      let input = inputs[0]?.recoded(from: signature.input(0), to: signature.outputs[0])
    else { preconditionFailure("a reshape has an input") }
    return [RealTensor(signature.outputs[0].shape, input.values)]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 1...4, extents: 1...5, using: &generator),
      using: &generator)
  }

  /// Axes merged, split and inserted, or those of extent 1 dropped, or one added.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    var extents = type.shape.extents
    guard extents.count <= 5 else { return nil }
    let builtin = builtins.randomElement(using: &generator) ?? reshape
    if builtin == expand { return randomExpansion(of: type, using: &generator) }
    if builtin == reshape {
      if extents.count > 1, Bool.random(using: &generator) {
        let low = Int.random(in: 0..<extents.count - 1, using: &generator)
        let high = Int.random(in: low + 1..<extents.count, using: &generator)
        extents.replaceSubrange(low...high, with: [extents[low...high].reduce(1, *)])
      }
      let axis = Int.random(in: 0...extents.count, using: &generator)
      if extents.count < 4, Bool.random(using: &generator) {
        let isEven = extents.indices.contains(axis) && extents[axis] % 2 == 0
        if isEven { extents[axis] /= 2 }
        extents.insert(isEven ? 2 : 1, at: axis)
      }
    } else {
      extents.removeAll { $0 == 1 }
    }
    var output = type
    output.shape = Shape(checking: extents) ?? type.shape
    // Codes pass unchanged, whatever they stand for.
    if type.quantization != nil, Int.random(in: 0..<4, using: &generator) == 0 {
      output.quantization = .random(type.element, using: &generator)
    }
    return Example(
      Reshape(builtin, extentsOrAxes: builtin == reshape ? extents.map(Int32.init) : []),
      Signature(inputs: [Operand(type)], outputs: [output]))
  }
}

extension Reshape {
  /// EXPAND_DIMS at a random axis, from either end.
  private static func randomExpansion(
    of type: TensorType, using generator: inout SplitMix64
  ) -> Example {
    var extents = type.shape.extents
    let axis = Int.random(in: 0...extents.count, using: &generator)
    let isNegative = Bool.random(using: &generator)
    var stated = Operand.integers(
      [isNegative ? axis - extents.count - 1 : axis],
      isWide: Int.random(in: 0..<4, using: &generator) == 0)
    if Bool.random(using: &generator) { stated.type.shape = Shape() }
    extents.insert(1, at: axis)
    return Example(
      Reshape(expand, extentsOrAxes: []),
      Signature(inputs: [Operand(type), stated], outputs: [type.with(extents: extents)]))
  }
}

private struct ReshapeKernel: ElementKernel {
  let from: Shape
  let to: Shape

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let input = call.input(0)
    let strides = from.strides
    call.region.forEachRow { start in
      let target = output.row(at: start)
      let first = to.index(of: start)
      for (step, coordinate) in call.region.row.enumerated() {
        // The last axis has stride 1 in the whole tensor.
        let source = input.cells[input.offset(ofIndex: first &+ step, strides: strides)]
        arithmetic.copy(source, to: target[coordinate])
      }
    }
  }
}

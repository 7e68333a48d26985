package import Tensor

/// SPLIT: parts of equal length along an axis, one result each.
///
/// Operand 0 states the axis, operand 1 is split. Any type of element.
package struct Split: Operator {
  package static let builtins = [Builtin("SPLIT", 49, options: 35)]

  /// How many results there are; at least 1.
  package let count: Int

  init(count: Int) { self.count = count }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let count = try options.int32(0, default: 0)
    guard count >= 1 else {
      throw OptionError(slot: 0, expected: "at least one part, not \(count)")
    }
    self.init(count: Int(count))
  }

  package var options: OptionValues { OptionValues([0: .int32(Int32(count))]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2, outputs: count)
    let input = signature.input(1)
    let stated = try signature.constantIntegers(0, count: 1)[0]
    let axis = stated < 0 ? stated + input.shape.rank : stated
    guard (0..<input.shape.rank).contains(axis), input.shape[axis] % count == 0 else {
      throw OperatorError(
        .invalid, .operand(0), expected: "an axis of \(input.shape) in \(count) parts",
        found: "\(stated)")
    }
    var shape = input.shape.extents
    shape[axis] /= count
    for output in 0..<count {
      try signature.requireSameElement(operand: 1, output: output)
      try signature.requireOutput(output, shape: shape)
    }
  }

  /// The axis, counted from the front.
  private func axis(_ signature: Signature) -> Int {
    let stated = signature.constant(0)?.integers(of: signature.input(0).element).first ?? 0
    return stated < 0 ? stated + signature.input(1).shape.rank : stated
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let (axis, shape) = (axis(signature), signature.input(1).shape)
    let start = output * (shape[axis] / count)
    let axes = (0..<shape.rank).map { AxisAccess.window(axis: $0, offset: $0 == axis ? start : 0) }
    return Access(
      [signature.unreadOperands(from: 0)[0], axes], signature: signature, output: output)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    SplitKernel(
      parts: (0..<count).map { MovementKernel(access(signature, output: $0), sources: 1..<2) })
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[1] else { preconditionFailure("a split has an input") }
    let axis = axis(signature)
    return signature.outputs.enumerated().map { output, type in
      RealTensor(
        type.shape,
        (0..<type.shape.count).map { index in
          var place = type.shape.coordinate(at: index)
          place[axis] += output * type.shape[axis]
          return input.values[input.shape.index(of: place)]
        })
    }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let extents = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      Int.random(in: 1...4, using: &generator)
    }
    let axis = Int.random(in: 0..<extents.count, using: &generator)
    let count = Int.random(in: 1...3, using: &generator)
    let part = TensorType.random(
      [.int8, .int8, .uint8, .int32, .float32], Shape(checking: extents) ?? Shape(1),
      using: &generator)
    var shape = extents
    shape[axis] *= count
    var type = part
    type.shape = Shape(checking: shape) ?? Shape(1)
    let stated = Int32(Bool.random(using: &generator) ? axis : axis - extents.count)
    return Example(
      Split(count: count),
      Signature(
        inputs: [
          Operand(TensorType(.int32, Shape()), constant: Bytes(copying: [stated])), Operand(type),
        ], outputs: [TensorType](repeating: part, count: count)))
  }
}

private struct SplitKernel: ElementKernel {
  /// The kernel of each result.
  let parts: [MovementKernel]

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    parts[call.output].compute(call, into: output, in: arithmetic)
  }
}

package import Tensor

/// BROADCAST_ARGS: the shape that two shapes broadcast to.
///
/// Both are rows of int32 or int64, aligned at the last number. Numbers of 64 bits are taken for their low 32 bits.
/// Where two differ and neither is 1, the result is the first; the reference implementations stop.
package struct BroadcastArgs: Operator {
  package static let builtins = [Builtin("BROADCAST_ARGS", 145, options: 0)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let element = signature.input(0).element
    guard [.int32, .int64].contains(element) else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "int32 or int64", found: "\(element)")
    }
    for (index, operand) in signature.inputs.enumerated() {
      guard let type = operand?.type, type.element == element, type.shape.rank == 1,
        type.quantization == nil
      else {
        throw OperatorError(
          .invalid, .operand(index), expected: "a row of \(element), not quantized",
          found: "\(signature.input(index))")
      }
    }
    try signature.requireSameElement()
    try signature.requireOutput(
      shape: [max(signature.input(0).shape[0], signature.input(1).shape[0])])
  }

  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    guard signature.constant(operand) == nil else { return nil }
    return Self.shape(signature.input(operand), using: &generator)
  }

  /// A random shape that broadcasts with all others: by its axis, counted from the last, one extent or 1.
  private static func shape(_ type: TensorType, using generator: inout SplitMix64) -> Bytes {
    let count = type.shape.count
    return .integers(
      (0..<count).map { Bool.random(using: &generator) ? 1 : (count - $0) * 3 % 5 + 1 },
      of: type.element)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool { true }

  package func access(_ signature: Signature, output: Int) -> Access {
    let count = signature.outputs[0].shape[0]
    return Access(
      (0...1).map { [.window(axis: 0, offset: signature.input($0).shape[0] - count)] },
      signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let count = signature.outputs[0].shape[0]
    let missing = (0...1).map { count - signature.input($0).shape[0] }
    return signature.outputs[0].element == .int64
      ? SpecializedKernel(ShapeKernel<Int64>(missing: missing))
      : SpecializedKernel(ShapeKernel<Int32>(missing: missing))
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let output = signature.outputs[0].shape
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          let extents = inputs.map { input -> Double in
            let own = index - output.count + (input?.values.count ?? 0)
            return own < 0 ? 1 : input?.values[own] ?? 1
          }
          return extents[0] == 1 ? extents[1] : extents[0]
        })
    ]
  }

  /// Numbers beyond 32 bits lose their high bits.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    inputs.contains { $0?.largestMagnitude ?? 0 >= 0x1p31 } ? .infinity : 0x1p-20
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random([.int32, .int64], axes: 1...1, extents: 1...5, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard [.int32, .int64].contains(type.element), type.shape.rank == 1 else { return nil }
    var (other, output) = (type, type)
    other.shape = Shape(Int.random(in: 1...5, using: &generator))
    output.shape = Shape(max(type.shape[0], other.shape[0]))
    let isConstant = Int.random(in: 0..<4, using: &generator) == 0
    var operands = [
      Operand(type),
      Operand(other, constant: isConstant ? shape(other, using: &generator) : nil),
    ]
    if Bool.random(using: &generator) { operands.reverse() }
    return Example(BroadcastArgs(), Signature(inputs: operands, outputs: [output]))
  }
}

private struct ShapeKernel<Extent: FixedWidthInteger & Stored>: ElementKernel {
  /// By operand, how many of the result's numbers come before its own.
  let missing: [Int]

  private static func low(_ extent: Extent) -> Extent {
    Extent(Int32(truncatingIfNeeded: extent))
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let (left, right) = (call.input(0), call.input(1))
    let single = ElementMap<Extent, Extent>([]) { Self.low($0) }
    let pair = PairMap<Extent, Extent>([]) { x, y in
      Self.low(x) == 1 ? Self.low(y) : Self.low(x)
    }
    for coordinate in call.region[0] {
      let target = output.cells[output.axes[0].offset(coordinate)]
      let (own, other) = (coordinate - missing[0], coordinate - missing[1])
      if own < 0 {
        arithmetic.apply(single, right.cells[right.axes[0].offset(other)], to: target)
      } else if other < 0 {
        arithmetic.apply(single, left.cells[left.axes[0].offset(own)], to: target)
      } else {
        arithmetic.apply(
          pair, left.cells[left.axes[0].offset(own)], right.cells[right.axes[0].offset(other)],
          to: target)
      }
    }
  }
}

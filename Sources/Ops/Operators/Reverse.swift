package import Tensor

/// REVERSE_V2: the coordinates of some axes from the last to the first.
///
/// Operand 1 states the axes, which follow each other. Any type of element.
package struct Reverse: Operator {
  package static let builtins = [
    Builtin("REVERSE_V2", 105, options: 81, versions: [.bool: 2, .int8: 3])
  ]

  private static let elements: Set<ElementType> = [
    .int8, .uint8, .int16, .int32, .int64, .bool, .float32,
  ]
  private static let types = MovedTypes(tflm: elements, litert: elements.union([.float16]))

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let input = signature.input(0).shape
    let stated = try signature.constantIntegers(1)
    guard signature.input(1).element == .int32 else {
      throw OperatorError(.unsupported, .operand(1), expected: "int32", found: "int64")
    }
    let axes = axes(signature)
    guard let first = axes.first, let last = axes.last, first >= 0, last < input.rank else {
      throw OperatorError(
        .invalid, .operand(1), expected: "axes of \(input)", found: "\(stated)")
    }
    guard axes == Array(first...last), input.rank <= 8 else {
      throw OperatorError(
        .unsupported, .operand(1), expected: "axes that follow each other, of at most 8",
        found: "\(stated)")
    }
    try Self.types.check(signature)
    try signature.requireOutput(shape: input.extents)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    Self.types.has(signature.input(0).element, by: profile)
  }

  /// The axes, counted from the front, in order.
  private func axes(_ signature: Signature) -> [Int] {
    signature.integers(1).map { $0 < 0 ? $0 + signature.input(0).shape.rank : $0 }.sorted()
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let reversed = axes(signature)
    let axes = signature.input(0).shape.extents.enumerated().map { axis, extent in
      reversed.contains(axis)
        ? AxisAccess.window(axis: axis, stride: -1, offset: extent - 1) : .window(axis: axis)
    }
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 0..<1)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("what is reversed is an input") }
    let reversed = axes(signature)
    return [
      input.moved(to: input.shape) { place in
        place.enumerated().map { axis, coordinate in
          reversed.contains(axis) ? input.shape[axis] - 1 - coordinate : coordinate
        }
      }
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 1...4, extents: 1...5, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let rank = type.shape.rank
    guard (1...5).contains(rank) else { return nil }
    let first = Int.random(in: 0..<rank, using: &generator)
    let last = Int.random(in: first..<rank, using: &generator)
    let axes = (first...last).shuffled(using: &generator).map { axis in
      Bool.random(using: &generator) ? axis : axis - rank
    }
    return Example(
      Reverse(), Signature(inputs: [Operand(type), .integers(axes)], outputs: [type]))
  }
}

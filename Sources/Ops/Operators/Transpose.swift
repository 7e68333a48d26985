package import Tensor

/// TRANSPOSE: the same elements with the axes in another order.
///
/// Operand 1 states, per axis of the result, the axis of operand 0. Any type of element.
package struct Transpose: Operator {
  package static let builtins = [
    Builtin("TRANSPOSE", 39, options: 26, versions: [.int8: 2, .bool: 3, .int16: 5])
  ]

  private static let types = MovedTypes(tflm: [.int8, .int16, .float32])

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func version(_ signature: Signature) -> Int {
    let input = signature.input(0)
    let byRank = input.shape.rank > 5 ? 6 : input.shape.rank > 4 ? 4 : 1
    return max(byRank, builtin.version(for: input.element))
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let input = signature.input(0)
    let order = try signature.constantIntegers(1, count: input.shape.rank)
    guard order.sorted() == Array(0..<input.shape.rank) else {
      throw OperatorError(
        .invalid, .operand(1), expected: "each of the \(input.shape.rank) axes once",
        found: "\(order)")
    }
    try Self.types.check(signature)
    try signature.requireOutput(shape: order.map { input.shape[$0] })
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let input = signature.input(0)
    return Self.types.has(input.element, by: profile) && signature.input(1).element == .int32
      && (profile != .tflm || input.shape.rank <= 5)
  }

  private func order(_ signature: Signature) -> [Int] {
    signature.integers(1)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let order = order(signature)
    let axes = order.indices.map { axis in
      AxisAccess.window(axis: order.firstIndex(of: axis) ?? axis)
    }
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 0..<1)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard
      let input = inputs[0]?.recoded(from: signature.input(0), to: signature.outputs[0])
    else { preconditionFailure("a transpose has an input") }
    let (order, output) = (order(signature), signature.outputs[0].shape)
    var values = [Double](repeating: 0, count: output.count)
    for (index, value) in input.values.enumerated() {
      let place = input.shape.coordinate(at: index)
      values[output.index(of: order.map { place[$0] })] = value
    }
    return [RealTensor(output, values)]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 1...5, extents: 1...4, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...5).contains(extents.count) else { return nil }
    let order = extents.indices.shuffled(using: &generator)
    var output = type
    output.shape = Shape(checking: order.map { extents[$0] }) ?? Shape(1)
    return Example(
      Transpose(),
      Signature(
        inputs: [
          Operand(type),
          Operand(
            TensorType(.int32, Shape(order.count)),
            constant: Bytes(copying: order.map(Int32.init))),
        ], outputs: [output]))
  }
}

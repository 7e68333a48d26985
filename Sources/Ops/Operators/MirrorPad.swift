package import Tensor

/// MIRROR_PAD: a tensor with margins in which it is mirrored.
///
/// Operand 1 states the margins, [rank, 2], before and after. Any type of element.
package struct MirrorPad: Operator {
  package static let builtins = [
    Builtin("MIRROR_PAD", 100, options: 77, versions: [.int8: 2, .int16: 3])
  ]

  private static let types = MovedTypes(tflm: [.int8, .float32])

  /// Whether the coordinate at the end comes once, at the end, and not again in the margin.
  package let skipsEdge: Bool

  init(skipsEdge: Bool) { self.skipsEdge = skipsEdge }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let mode = try options.int8(0, default: 0)
    guard (0...1).contains(mode) else {
      throw OptionError(slot: 0, expected: "mode 0 or 1, not \(mode)")
    }
    self.init(skipsEdge: mode == 0)
  }

  package var options: OptionValues { OptionValues([0: .int8(skipsEdge ? 0 : 1)]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    let input = signature.input(0).shape
    let margins = try signature.constantIntegers(1, count: 2 * input.rank)
    guard signature.input(1).shape.extents == [input.rank, 2] else {
      throw OperatorError(
        .invalid, .operand(1), expected: "[\(input.rank),2]",
        found: "\(signature.input(1).shape)")
    }
    for (index, margin) in margins.enumerated() {
      let most = input[index / 2] - (skipsEdge ? 1 : 0)
      guard margin >= 0, margin <= most else {
        throw OperatorError(
          .invalid, .operand(1), expected: "a margin of at most \(most) along axis \(index / 2)",
          found: "\(margin)")
      }
    }
    try Self.types.check(signature)
    try signature.requireCentered(.int16)
    try signature.requireOutput(
      shape: input.extents.enumerated().map { axis, extent in
        margins[2 * axis] + extent + margins[2 * axis + 1]
      })
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    Self.types.has(signature.input(0).element, by: profile)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let margins = signature.integers(1)
    let axes = signature.input(0).shape.extents.enumerated().map { axis, extent in
      extent == signature.outputs[0].shape[axis]
        ? AxisAccess.window(axis: axis)
        : .mapped(axis: axis, .mirrored(before: margins[2 * axis], skipsEdge: skipsEdge))
    }
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    let rank = signature.input(0).shape.rank
    return MicroMemory(attributes: 4, data: 20, scratch: [4 * rank, 4 * rank])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    MovementKernel(access(signature, output: 0), sources: 0..<1)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let margins = inputs[1] else {
      preconditionFailure("a pad has an input and margins")
    }
    // By axis, its coordinates in the order of the result.
    let orders = input.shape.extents.enumerated().map { axis, extent -> [Int] in
      let (before, after) = (Int(margins.values[2 * axis]), Int(margins.values[2 * axis + 1]))
      let mirrored = Array(0..<extent).reversed()
      return mirrored.dropLast(skipsEdge ? 1 : 0).suffix(before) + Array(0..<extent)
        + mirrored.dropFirst(skipsEdge ? 1 : 0).prefix(after)
    }
    return [
      input.moved(to: signature.outputs[0].shape) { place in zip(orders, place).map { $0[$1] } }
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        .moved, axes: 1...4, extents: 1...5, centered: .int16, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...5).contains(extents.count), type.shape.count > 0 else { return nil }
    let skipsEdge = Bool.random(using: &generator)
    let margins = extents.flatMap { extent in
      (0..<2).map { _ in
        Bool.random(using: &generator)
          ? 0 : Int.random(in: 0...min(3, extent - (skipsEdge ? 1 : 0)), using: &generator)
      }
    }
    var stated = Operand.integers(margins, isWide: Bool.random(using: &generator))
    stated.type.shape = Shape(extents.count, 2)
    return Example(
      MirrorPad(skipsEdge: skipsEdge),
      Signature(
        inputs: [Operand(type), stated],
        outputs: [
          type.with(
            extents: extents.enumerated().map { $1 + margins[2 * $0] + margins[2 * $0 + 1] })
        ]))
  }
}

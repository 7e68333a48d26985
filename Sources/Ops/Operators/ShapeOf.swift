package import Tensor

/// SHAPE and RANK: the extents of a tensor, and how many axes it has; nothing of it is read.
///
/// The result is int32, of SHAPE int64 as well.
package struct ShapeOf: Operator {
  private static let shape = Builtin("SHAPE", 77, options: 55)
  private static let rank = Builtin("RANK", 110, options: 86)
  package static let builtins = [shape, rank]

  package let builtin: Builtin

  init(_ builtin: Builtin) { self.builtin = builtin }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  package var options: OptionValues { OptionValues() }

  /// A file states the type of SHAPE's result.
  package func statedOptions(_ signature: Signature) -> OptionValues {
    guard builtin == Self.shape else { return OptionValues() }
    // As the schema numbers types.
    return OptionValues([0: .int8(signature.outputs[0].element == .int64 ? 4 : 2)])
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1)
    let (input, output) = (signature.input(0).shape, signature.outputs[0])
    let elements: [ElementType] = builtin == Self.shape ? [.int32, .int64] : [.int32]
    guard elements.contains(output.element) else {
      throw OperatorError(
        .unsupported, .output(0), expected: elements.map(\.rawValue).joined(separator: " or "),
        found: "\(output.element)")
    }
    try signature.requireOutput(shape: builtin == Self.shape ? [input.rank] : [])
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || builtin == Self.shape && signature.outputs[0].element == .int32
  }

  /// A coordinate that no axis has is nowhere read.
  package func access(_ signature: Signature, output: Int) -> Access {
    Access([signature.input(0).shape.extents.map { _ in .fixed(-1) }], signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 4)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let extents = signature.input(0).shape.extents
    let numbers = builtin == Self.shape ? extents : [extents.count]
    let output = signature.outputs[0]
    return ConstantKernel(
      constant: Operand(
        output,
        constant: output.element == .int64
          ? Bytes(copying: numbers.map { Int64($0) })
          : Bytes(copying: numbers.map { Int32(truncatingIfNeeded: $0) })))
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let extents = signature.input(0).shape.extents
    return [
      RealTensor(
        signature.outputs[0].shape,
        builtin == Self.shape ? extents.map { Double($0) } : [Double(extents.count)])
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 0...4, extents: 1...5, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let rank = type.shape.rank
    // A result without elements is of no use to what follows.
    let builtin = rank == 0 ? Self.rank : builtins.randomElement(using: &generator) ?? shape
    let isWide = builtin == shape && Bool.random(using: &generator)
    return Example(
      ShapeOf(builtin),
      Signature(
        inputs: [Operand(type)],
        outputs: [
          TensorType(isWide ? .int64 : .int32, builtin == shape ? Shape(rank) : Shape())
        ]))
  }
}

/// Copies a constant.
private struct ConstantKernel: ElementKernel {
  let constant: Operand

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    guard let bytes = constant.constant else { return }
    withExtendedLifetime(bytes) {
      let source = TensorView(constant: bytes, type: constant.type)
      call.region.forEachRow { start in
        let (from, target) = (source.row(at: start), output.row(at: start))
        for coordinate in call.region.row {
          arithmetic.copy(from[coordinate], to: target[coordinate])
        }
      }
    }
  }
}

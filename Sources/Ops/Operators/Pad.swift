package import Tensor

/// PAD and PADV2: a tensor with a margin on every side of some axes.
///
/// Operand 1 states the margins, [rank, 2], before and after; the margin holds the number 0, or operand
/// 2 of PADV2. Any type of element.
package struct Pad: Operator {
  private static let versions: [ElementType: Int] = [.int8: 2, .int16: 3, .bool: 5]
  private static let zero = Builtin("PAD", 34, options: 22, versions: versions)
  private static let value = Builtin("PADV2", 60, options: 43, versions: versions)
  package static let builtins = [zero, value]

  private static let types = MovedTypes(
    tflm: [.int8, .int16, .int32, .float32],
    litert: [.int8, .uint8, .int16, .int32, .int64, .bool, .float16, .float32])

  package let builtin: Builtin

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin)
  }

  init(_ builtin: Builtin) { self.builtin = builtin }

  package var options: OptionValues { OptionValues() }

  package func version(_ signature: Signature) -> Int {
    let input = signature.input(0)
    return max(input.shape.rank > 4 ? 4 : 1, builtin.version(for: input.element))
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    let count = builtin == Self.value ? 3 : 2
    try signature.requireCounts(inputs: count...count, required: count)
    let input = signature.input(0)
    guard input.shape.rank > 0, input.shape.count > 0 else {
      throw OperatorError(
        .invalid, .operand(0), expected: "an axis, none empty", found: "\(input.shape)")
    }
    let margins = try signature.constantIntegers(1, count: 2 * input.shape.rank)
    // The limit keeps extents inside an Int.
    guard margins.allSatisfy({ (0...1 << 24).contains($0) }) else {
      throw OperatorError(
        .invalid, .operand(1), expected: "margins in 0...2^24", found: "\(margins)")
    }
    try Self.types.check(signature)
    try signature.requireOutput(
      shape: input.shape.extents.enumerated().map { axis, extent in
        margins[2 * axis] + extent + margins[2 * axis + 1]
      })
    guard count == 3 else { return }
    let value = signature.input(2)
    guard value.element == input.element, value.shape.count == 1,
      value.quantization == input.quantization
    else {
      throw OperatorError(
        .invalid, .operand(2), expected: "one \(input.element), quantized as operand 0",
        found: "\(value)")
    }
    guard signature.constant(2) != nil else {
      throw OperatorError(
        .unsupported, .operand(2), expected: "a constant", found: "one computed at run time")
    }
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    Self.types.has(signature.input(0).element, by: profile)
      && (profile != .tflm || signature.input(1).element == .int32)
  }

  /// The margin before each axis.
  private func margins(_ signature: Signature) -> [Int] {
    let all = signature.integers(1)
    return stride(from: 0, to: all.count, by: 2).map { all[$0] }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let axes = margins(signature).enumerated().map { axis, margin in
      AxisAccess.window(axis: axis, offset: -margin)
    }
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(data: 56)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let input = signature.input(0)
    let isAtZeroPoint =
      input.element.sizeInBytes == 1 || input.element == .int16 && profile.padsByZeroPoint
    let zero = Operand(
      TensorType(input.element, Shape()),
      constant: input.element.bytes(ofNumber: isAtZeroPoint ? Int64(input.zeroPoint) : 0))
    return MovementKernel(
      access(signature, output: 0), sources: 0..<1,
      padding: builtin == Self.value ? signature.inputs[2] : zero)
  }

  /// TensorFlow Lite Micro's margins of int16 hold the code 0, whatever that stands for.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let input = signature.input(0)
    return builtin == Self.zero && input.element.sizeInBytes > 1 && input.zeroPoint != 0
      ? .infinity : 0x1p-20
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("a pad has an input") }
    let margins = margins(signature)
    let fill = builtin == Self.value ? inputs[2]?.values[0] ?? 0 : 0
    let output = signature.outputs[0].shape
    return [
      RealTensor(
        output,
        (0..<output.count).map { index in
          let origin = zip(output.coordinate(at: index), margins).map { $0 - $1 }
          let isInside = zip(origin, input.shape.extents).allSatisfy { (0..<$1).contains($0) }
          return isInside ? input.values[input.shape.index(of: origin)] : fill
        })
    ]
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(.moved, axes: 1...4, extents: 1...5, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...4).contains(extents.count) else { return nil }
    let margins = (0..<2 * extents.count).map { _ in Int32.random(in: 0...2, using: &generator) }
    let builtin = builtins.randomElement(using: &generator) ?? zero
    var output = type
    output.shape =
      Shape(
        checking: extents.enumerated().map { axis, extent in
          Int(margins[2 * axis]) + extent + Int(margins[2 * axis + 1])
        }) ?? type.shape
    var inputs: [Operand?] = [
      Operand(type),
      Operand(TensorType(.int32, Shape(extents.count, 2)), constant: Bytes(copying: margins)),
    ]
    if builtin == value {
      let value = TensorType(type.element, Shape(1), type.quantization)
      inputs.append(.randomConstant(value, using: &generator))
    }
    return Example(Pad(builtin), Signature(inputs: inputs, outputs: [output]))
  }
}

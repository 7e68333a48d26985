package import Tensor

/// L2_NORMALIZATION: rows along the last axis, divided by the root of their sum of squares.
///
/// int8 and uint8 with output scale 1/128 and zero point 0 or 128; float32.
package struct L2Normalization: Operator {
  package static let builtins = [
    Builtin("L2_NORMALIZATION", 11, options: 12, versions: [.int8: 2])
  ]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let activation = try Activation(options, slot: 0)
    guard activation == .none else {
      throw OptionError(.unsupported, slot: 0, expected: "no activation, not \(activation)")
    }
  }

  package var options: OptionValues { OptionValues([0: .int8(Activation.none.rawValue)]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.int8, .uint8, .float32])
    let input = signature.input(0).shape
    guard input.rank > 0, input.count > 0 else {
      throw OperatorError(
        .invalid, .operand(0), expected: "an axis, none empty", found: "\(input)")
    }
    let output = signature.outputs[0]
    if output.element == .float32 { return }
    guard output.quantization == Self.quantization(output.element) else {
      throw OperatorError(
        .invalid, .output(0), expected: "scale 1/128 and the code in the middle as zero point",
        found: "others")
    }
    // The limit keeps sums of squares inside 32 bits.
    guard input[input.rank - 1] <= 1 << 15 else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "at most 2^15 elements in a row",
        found: "\(input[input.rank - 1])")
    }
  }

  /// The quantization that results of codes have: -1 to 1.
  private static func quantization(_ element: ElementType) -> Quantization {
    Quantization(scale: 1 / 128, zeroPoint: element == .uint8 ? 128 : 0)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || signature.input(0).element != .uint8 && signature.input(0).shape.rank <= 4
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let rank = signature.input(0).shape.rank
    return Access(
      [(0..<rank).map { $0 == rank - 1 ? .whole : .window(axis: $0) }], signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 4, data: 4)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let input = signature.input(0)
    let depth = input.shape[input.shape.rank - 1]
    return switch input.element {
    case .int8:
      SpecializedKernel(
        RowKernel(CodeNormalization<Int8>(zeroPoint: input.zeroPoint), depth: depth))
    case .uint8:
      SpecializedKernel(
        RowKernel(CodeNormalization<UInt8>(zeroPoint: input.zeroPoint), depth: depth))
    default: SpecializedKernel(RowKernel(FloatNormalization(), depth: depth))
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace {
    .sameAddress
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("there are rows") }
    let depth = input.shape[input.shape.rank - 1]
    var values: [Double] = []
    for start in stride(from: 0, to: input.values.count, by: depth) {
      let row = input.values[start..<start + depth]
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      values += row.map { norm > 0 ? $0 / norm : 0 }
    }
    return [RealTensor(input.shape, values)]
  }

  /// Codes: the inverse root is exact to 2^-20 after five steps of Newton's, the high multiply and
  /// the shift round once each.
  ///
  /// Floats: each square and each sum is rounded to 2^-24 of at most the sum, the root and the
  /// quotient once more; a root below 10^-6 counts as that, and squares too large are infinite.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    guard signature.outputs[0].element == .float32, let input = inputs[0] else {
      return 1 + 0x1p-12
    }
    let depth = input.shape[input.shape.rank - 1]
    for start in stride(from: 0, to: input.values.count, by: depth) {
      let square = input.values[start..<start + depth].reduce(0) { $0 + $1 * $1 }
      if square > 0 && square < 1.1e-12 || square > 0x1p126 { return .infinity }
    }
    return Double(depth + 3) * 0x1p-23
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .float32], axes: 1...4, extents: 1...8, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(
      L2Normalization(), reading: type, quantization: { quantization($0.element) },
      using: &generator)
  }
}

/// A row of floats over its norm, or over 10^-6 where that is larger.
///
/// Source: TensorFlow Lite, `reference_ops::L2Normalization`.
private struct FloatNormalization: RowFunction {
  func addParameters(to hash: inout SipHash) {}

  func callAsFunction(
    _ row: UnsafeMutableBufferPointer<Float>, into results: UnsafeMutableBufferPointer<Float>
  ) {
    var sum: Float = 0
    for x in row { sum += x * x }
    let root = sum.squareRoot()
    let norm: Float = root < 1e-6 ? 1e-6 : root
    for index in row.indices { results.initializeElement(at: index, to: row[index] / norm) }
  }
}

/// A row of codes over its norm, in steps of 1/128.
///
/// Source: TensorFlow Lite, `reference_integer_ops::L2Normalization`, `reference_ops::L2Normalization` of uint8.
private struct CodeNormalization<Code: FixedWidthInteger & Stored>: RowFunction {
  let zeroPoint: Int32

  func addParameters(to hash: inout SipHash) { hash.add(zeroPoint) }

  func callAsFunction(
    _ row: UnsafeMutableBufferPointer<Code>, into results: UnsafeMutableBufferPointer<Code>
  ) {
    var sum: Int32 = 0
    for x in row {
      let difference = Int32(x) &- zeroPoint
      sum &+= difference &* difference
    }
    let inverse = InverseRoot(of: sum)
    for index in row.indices {
      let difference = Int32(row[index]) &- zeroPoint
      let result =
        Code.isSigned
        ? inverse.scale(difference, shiftedLeft: 7)
        : inverse.scale(difference &* 128, shiftedLeft: 0) &+ 128
      results.initializeElement(at: index, to: Code(clamping: result))
    }
  }
}

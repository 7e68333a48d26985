internal import Glibc
package import Tensor

/// LOG_SOFTMAX: the logarithm of the softmax over the last axis.
///
/// int8 and uint8 with output scale 1/16 and the highest code as zero point, float32.
package struct LogSoftmax: Operator {
  package static let builtins = [Builtin("LOG_SOFTMAX", 50, options: 36, versions: [.int8: 2])]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.int8, .uint8, .float32])
    let input = signature.input(0).shape
    guard input.rank > 0, input.count > 0 else {
      throw OperatorError(
        .invalid, .operand(0), expected: "an axis, none empty", found: "\(input)")
    }
    if signature.input(0).element == .float32 { return }
    guard signature.outputs[0].quantization == Self.quantization(signature.outputs[0].element)
    else {
      throw OperatorError(
        .invalid, .output(0), expected: "scale 1/16 and the highest code as zero point",
        found: "others")
    }
    let scale = signature.input(0).quantization?.scales[0] ?? 0
    guard scale > 0x1p-26 else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "a scale above 2^-26", found: "\(scale)")
    }
    // More could overflow the sum of exponentials, which has 12 integer bits.
    guard input[input.rank - 1] < 4096 else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "at most 4095 elements in a row",
        found: "\(input[input.rank - 1])")
    }
  }

  /// The quantization that results have: the whole range of codes is -255/16 to 0.
  private static func quantization(_ element: ElementType) -> Quantization {
    Quantization(scale: 1 / 16, zeroPoint: element.codes?.upperBound ?? 0)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let rank = signature.input(0).shape.rank
    return Access(
      [(0..<rank).map { $0 == rank - 1 ? .whole : .window(axis: $0) }], signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(data: 28, wideData: 40)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let depth = signature.input(0).shape[signature.input(0).shape.rank - 1]
    guard signature.input(0).element != .float32,
      let scale = signature.input(0).quantization?.scales[0]
    else {
      return SpecializedKernel(RowKernel(FloatLogSoftmax(), depth: depth))
    }
    return signature.input(0).element == .uint8
      ? SpecializedKernel(RowKernel(FixedPointLogSoftmax<UInt8>(inputScale: scale), depth: depth))
      : SpecializedKernel(RowKernel(FixedPointLogSoftmax<Int8>(inputScale: scale), depth: depth))
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace {
    .sameAddress
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("a log-softmax has an input") }
    let depth = input.shape[input.shape.rank - 1]
    var values: [Double] = []
    for start in stride(from: 0, to: input.values.count, by: depth) {
      let row = input.values[start..<start + depth]
      let largest = row.max() ?? 0
      let logarithm = log(row.reduce(0) { $0 + exp($1 - largest) })
      values += row.map { $0 - largest - logarithm }
    }
    return [RealTensor(input.shape, values)]
  }

  /// Half a step, and what the logarithm of the sum is off by.
  ///
  /// Codes: the last division rounds by half a step, which is 2^-4. Each of the n exponentials is rounded
  /// to 2^-19 before they are added, to a sum of at least 1, and is itself exact to 2^-20; the logarithm is
  /// off by as much as the sum, by 2^-20 of its own, and the difference of codes by 2^-26. From the difference
  /// on that counts as an exponential of 0 a result is the lowest code, 255 steps of 2^-4 below 0. Floats: the
  /// difference and the result are each rounded by 2^-24 of their size, and a sum of at least 1 by as much
  /// per element, which its logarithm passes on.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let shape = signature.input(0).shape
    let depth = Double(shape[shape.rank - 1])
    if signature.input(0).element == .float32 {
      let largest = inputs[0]?.values.map(abs).max() ?? 0
      return (largest * 4 + 2 * depth + 4) * 0x1p-23
    }
    let scale = Double(signature.input(0).quantization?.scales[0] ?? 0)
    let cut = Double(RowExponentials(scale: scale).smallestDifference - 1) * scale
    return max(0.5 + 0x1p-15 + depth * 0x1p-14, 255 + 16 * cut)
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .float32], axes: 1...3, extents: 1...9, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(
      LogSoftmax(), reading: type, quantization: { quantization($0.element) },
      using: &generator)
  }
}

/// The log-softmax of a row of floats.
///
/// Source: TensorFlow Lite, `reference_ops::LogSoftmax`.
private struct FloatLogSoftmax: RowFunction {
  func addParameters(to hash: inout SipHash) {}

  func callAsFunction(
    _ row: UnsafeMutableBufferPointer<Float>, into results: UnsafeMutableBufferPointer<Float>
  ) {
    var largest = -Float.greatestFiniteMagnitude
    for x in row where largest < x { largest = x }
    var sum: Float = 0
    for x in row { sum += expf(x - largest) }
    let logarithm = logf(sum)
    for index in row.indices {
      results.initializeElement(at: index, to: row[index] - largest - logarithm)
    }
  }
}

/// The log-softmax of a row of codes in fixed point.
///
/// Source: TensorFlow Lite, `reference_integer_ops::LogSoftmax`, `reference_ops::LogSoftmax` for codes.
private struct FixedPointLogSoftmax<Code: FixedWidthInteger & Stored>: RowFunction {
  private let exponential: RowExponentials
  /// How many codes a unit of the differences with five integer bits is.
  private let codesPerUnit: FixedPointMultiplier

  init(inputScale: Float) {
    exponential = RowExponentials(scale: Double(inputScale))
    codesPerUnit = FixedPointMultiplier(
      exp2(Double(31 - exponential.leftShift)) / Double(exponential.multiplier.significand))
  }

  func addParameters(to hash: inout SipHash) {
    exponential.addParameters(to: &hash)
  }

  func callAsFunction(
    _ row: UnsafeMutableBufferPointer<Code>, into results: UnsafeMutableBufferPointer<Code>
  ) {
    let largest = row.max() ?? 0
    let logarithm = FixedPoint.logarithm(
      ofAtLeastOne: exponential.sum(over: row, below: largest))
    // What lies lower, less the logarithm, would not fit five integer bits.
    let bound = max(
      exponential.smallestDifference - 1, codesPerUnit.roundedTwice(logarithm &+ .min))
    for index in row.indices {
      let difference = Int32(row[index]) - Int32(largest)
      guard difference > bound else {
        results.initializeElement(at: index, to: .min)
        continue
      }
      // From five integer bits to steps of 2^-4.
      let steps = FixedPoint.divide(
        exponential.scaled(difference) &- logarithm, byPowerOfTwo: 22)
      results.initializeElement(at: index, to: Code(clamping: steps &+ Int32(Code.max)))
    }
  }
}

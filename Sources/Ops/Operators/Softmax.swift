internal import Glibc
package import Tensor

/// SOFTMAX: exp(beta * x) over the last axis, divided by its sum.
///
/// int8 and uint8 with output scale 1/256 and the lowest code as zero point; int8 to int16 with 1/65536
/// and -32768; int16 with 1/32768 and 0; float32.
package struct Softmax: Operator {
  package static let builtins = [
    Builtin("SOFTMAX", 25, options: 9, versions: [.int8: 2, .int16: 3])
  ]

  /// The factor of the exponent; finite and above 0.
  package let beta: Float

  init(beta: Float) { self.beta = beta }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    let beta = try options.float32(0, default: 0)
    guard beta.isFinite, beta > 0 else {
      throw OptionError(slot: 0, expected: "a finite beta above 0, not \(beta)")
    }
    self.init(beta: beta)
  }

  package var options: OptionValues { OptionValues([0: .float32(beta)]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 1...1, required: 1)
    try signature.requireElement(operand: 0, [.int8, .uint8, .int16, .float32])
    let element = signature.input(0).element
    try signature.requireElement(output: 0, element == .int8 ? [.int8, .int16] : [element])
    let input = signature.input(0).shape
    guard input.rank > 0, input.count > 0 else {
      throw OperatorError(
        .invalid, .operand(0), expected: "an axis, none empty", found: "\(input)")
    }
    try signature.requireOutput(shape: input.extents)
    if signature.input(0).element == .float32 { return }
    let output = signature.outputs[0]
    guard let expected = Self.quantization(element, output.element),
      let found = output.quantization,
      found.zeroPoints == expected.zeroPoints,
      // The reference implementations take a thousandth for rounding in 16 bits.
      abs(found.scales[0] / expected.scales[0] - 1) <= (output.element == .int16 ? 0.001 : 0)
    else {
      throw OperatorError(
        .invalid, .output(0),
        expected: "the codes to be 0 to 1, the lowest code the zero point", found: "others")
    }
    let scale = signature.input(0).quantization?.scales[0] ?? 0
    guard Double(beta) * Double(scale) * 0x1p26 > 1 else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "beta * scale above 2^-26", found: "\(scale)")
    }
    if element == .int16 { return try requireWords(signature) }
    // More could overflow the sum of exponentials, which has 12 integer bits.
    guard input[input.rank - 1] < 4096 else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "at most 4095 elements in a row",
        found: "\(input[input.rank - 1])")
    }
  }

  /// Throws unless a row of codes of 16 bits keeps sums and factors inside 32 bits.
  private func requireWords(_ signature: Signature) throws(OperatorError) {
    try signature.requireCentered(.int16)
    let (input, scale) = (signature.input(0), signature.input(0).quantization?.scales[0] ?? 0)
    guard input.shape[input.shape.rank - 1] < 1 << 16 else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "at most 65535 elements in a row",
        found: "\(input.shape)")
    }
    guard FixedPointMultiplier.isRepresentable(Double(scale) * Double(beta) * 0x1p14) else {
      throw OperatorError(
        .invalid, .operand(0), expected: "beta * scale below 2^16", found: "\(scale)")
    }
  }

  /// The quantization that results of codes have: their whole range is 0 to 1; of codes of 16 bits from such, the
  /// upper half.
  private static func quantization(_ input: ElementType, _ element: ElementType) -> Quantization? {
    if input == .int16 { return Quantization(scale: 0x1p-15, zeroPoint: 0) }
    return element.codes.map {
      Quantization(
        scale: 1 / Float(1 << (8 * element.sizeInBytes)), zeroPoint: $0.lowerBound)
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let rank = signature.input(0).shape.rank
    return Access(
      [(0..<rank).map { $0 == rank - 1 ? .whole : .window(axis: $0) }], signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(
      attributes: 4, data: 56, wideData: 80,
      arrays: signature.input(0).element == .int16 ? [2 * 513, 2 * 513] : [])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let depth = signature.input(0).shape[signature.input(0).shape.rank - 1]
    guard signature.input(0).element != .float32,
      let scale = signature.input(0).quantization?.scales[0]
    else {
      return SpecializedKernel(RowKernel(FloatSoftmax(beta: beta), depth: depth))
    }
    if signature.input(0).element == .int16 {
      let factor = SoftmaxWords.factor(
        scale: scale, beta: beta, inSingle: profile.multipliesScalesInSingle)
      return SpecializedKernel(
        RowKernel(
          SoftmaxWords(factor: factor, tabulatesInDouble: profile.tabulatesSoftmaxInDouble),
          depth: depth))
    }
    return switch signature.outputs[0].element {
    case .uint8:
      SpecializedKernel(
        RowKernel(FixedPointSoftmax<UInt8, UInt8>(beta: beta, inputScale: scale), depth: depth))
    case .int16:
      SpecializedKernel(
        RowKernel(FixedPointSoftmax<Int8, Int16>(beta: beta, inputScale: scale), depth: depth))
    default:
      SpecializedKernel(
        RowKernel(FixedPointSoftmax<Int8, Int8>(beta: beta, inputScale: scale), depth: depth))
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace {
    signature.input(0).element == signature.outputs[0].element ? .sameAddress : .never
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("a softmax has an input") }
    let depth = input.shape[input.shape.rank - 1]
    var values: [Double] = []
    for start in stride(from: 0, to: input.values.count, by: depth) {
      let row = input.values[start..<start + depth]
      let largest = row.max() ?? 0
      let powers = row.map { exp(Double(beta) * ($0 - largest)) }
      let sum = powers.reduce(0, +)
      values += powers.map { $0 / sum }
    }
    return [RealTensor(input.shape, values)]
  }

  /// Half a step, and what the exponentials are off by.
  ///
  /// Codes: the last division rounds by half a step. Each of the n exponentials is rounded to 2^-19 before
  /// they are added, to a sum of at least 1, and is itself exact to 2^-20; a step is 2^-8, or 2^-16.
  /// Of int16 each exponential is interpolated to 2 steps, and cut where it is below 2, the reciprocal to 2 steps
  /// more; differences of 2^30 steps or more of the table wrap. Floats: the
  /// difference and its product with beta are each off by 2^-24 of their size, which the exponential
  /// turns into as much of the result, at most 1; its own error, those of the sum and the division are
  /// 2^-23 per element.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let shape = signature.input(0).shape
    if signature.input(0).element == .float32 {
      let largest = inputs[0]?.values.map(abs).max() ?? 0
      return (Double(beta) * largest * 4 + Double(shape[shape.rank - 1]) + 4) * 0x1p-23
    }
    if signature.input(0).element == .int16 {
      let largest = inputs[0]?.largestMagnitude ?? 0
      guard 2 * largest * Double(beta) * 6553.5 < 0x1p30 else { return .infinity }
      return 6 + 3 * Double(shape[shape.rank - 1])
    }
    let stepsToOne = signature.outputs[0].element == .int16 ? 0x1p16 : 0x1p8
    return 0.5 + (0x1p-16 + Double(shape[shape.rank - 1]) * 0x1p-19) * stepsToOne
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .int16, .float32], axes: 1...3, extents: 1...9, centered: .int16,
        using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    Elementwise.random(
      Softmax(beta: Float.random(in: 0.25...2, using: &generator)), reading: type,
      to: type.element == .int8 ? [.int8, .int16] : nil,
      quantization: { quantization(type.element, $0.element) }, using: &generator)
  }
}

/// The softmax of a row of floats.
///
/// Source: TensorFlow Lite, `reference_ops::Softmax`.
private struct FloatSoftmax: RowFunction {
  let beta: Float

  func addParameters(to hash: inout SipHash) {
    hash.add(beta)
  }

  func callAsFunction(
    _ row: UnsafeMutableBufferPointer<Float>, into results: UnsafeMutableBufferPointer<Float>
  ) {
    var largest = -Float.greatestFiniteMagnitude
    for x in row where largest < x { largest = x }
    var sum: Float = 0
    for index in row.indices {
      let power = expf((row[index] - largest) * beta)
      results.initializeElement(at: index, to: power)
      sum += power
    }
    for index in row.indices { results[index] /= sum }
  }
}

/// The softmax of a row of codes in fixed point.
///
/// Source: TensorFlow Lite, `reference_ops::Softmax` for codes.
private struct FixedPointSoftmax<Code, Result>: RowFunction
where Code: FixedWidthInteger & Stored, Result: FixedWidthInteger & Stored {
  private let exponential: RowExponentials

  init(beta: Float, inputScale: Float) {
    exponential = RowExponentials(scale: Double(beta) * Double(inputScale))
  }

  func addParameters(to hash: inout SipHash) {
    exponential.addParameters(to: &hash)
  }

  func callAsFunction(
    _ row: UnsafeMutableBufferPointer<Code>, into results: UnsafeMutableBufferPointer<Result>
  ) {
    let largest = row.max() ?? 0
    let sum = exponential.sum(over: row, below: largest)
    let headroom = sum.leadingZeroBitCount
    let fraction = UInt32(bitPattern: sum) &<< UInt32(headroom) &- (1 << 31)
    let reciprocal = FixedPoint.reciprocal(ofOnePlus: Int32(bitPattern: fraction))
    let exponent = 12 - headroom + 31 - Result.bitWidth
    for index in row.indices {
      // Of a sum of 2^9 or more, each has less than half a step; the source's shift by more than 31
      // bits is undefined there.
      guard exponent <= 31, let power = exponential(Int32(row[index]) - Int32(largest)) else {
        results.initializeElement(at: index, to: .min)
        continue
      }
      let product = FixedPoint.multiplyHigh(reciprocal, power)
      let steps = FixedPoint.divide(product, byPowerOfTwo: exponent)
      results.initializeElement(at: index, to: Result(clamping: steps &+ Int32(Result.min)))
    }
  }
}

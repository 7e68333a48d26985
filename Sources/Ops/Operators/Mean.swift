package import Tensor

/// MEAN: the mean over some axes.
///
/// Operand 1 states the axes. int8, uint8, float32.
package struct Mean: Operator {
  package static let builtins = [Builtin("MEAN", 40, options: 27, versions: [.int8: 2, .int16: 3])]

  /// Whether the result keeps the axes, with extent 1.
  package let keepsAxes: Bool

  init(keepsAxes: Bool) { self.keepsAxes = keepsAxes }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(keepsAxes: try options.bool(0, default: false))
  }

  package var options: OptionValues { OptionValues([0: .bool(keepsAxes)]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    try signature.requireElement(operand: 0, [.int8, .uint8, .float32])
    try signature.requireElement(output: 0, [signature.input(0).element])
    let input = signature.input(0).shape
    let axes = try signature.constantIntegers(1)
    guard axes.allSatisfy({ (-input.rank..<input.rank).contains($0) }), input.count > 0 else {
      throw OperatorError(
        .invalid, .operand(1), expected: "axes of \(input), none empty", found: "\(axes)")
    }
    try signature.requireRescaling()
    // The references copy codes as they are then.
    if axes.isEmpty && signature.rescaling != nil { try signature.requireSameQuantization() }
    let reduction = Reduction(signature, keepsAxes: keepsAxes)
    // The limit keeps sums of codes inside 32 bits.
    guard reduction.count <= 1 << 22 else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "means of at most 2^22 elements",
        found: "\(reduction.count)")
    }
    try signature.requireOutput(shape: reduction.outputExtents)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Access(
      [Reduction(signature, keepsAxes: keepsAxes).access] + signature.unreadOperands(from: 1),
      signature: signature)
  }

  /// Sums of 32 bits of codes, then a word for each axis and for each that is reduced.
  package func microMemory(_ signature: Signature) -> MicroMemory {
    let sums = signature.input(0).element == .int8 ? [4 * signature.outputs[0].shape.count] : []
    return MicroMemory(
      attributes: 1, data: 44,
      scratch: sums + [4 * signature.input(0).shape.rank, 4 * signature.input(1).shape.count])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let reduction = Reduction(signature, keepsAxes: keepsAxes)
    switch signature.outputs[0].element {
    case .float32:
      return SpecializedSummingKernel(
        ReductionKernel(reduction, result: FloatMean(count: Float(reduction.count))))
    case .uint8:
      return SpecializedSummingKernel(
        ReductionKernel(reduction, result: CodeMean<UInt8>(signature, count: reduction.count)))
    case .int8:
      return SpecializedSummingKernel(
        ReductionKernel(reduction, result: CodeMean<Int8>(signature, count: reduction.count)))
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let axes = inputs[1] else {
      preconditionFailure("a mean has an input and axes")
    }
    let reduced = Set(axes.values.map { (Int($0) + input.shape.rank) % input.shape.rank })
    let output = signature.outputs[0].shape
    var sums = [Double](repeating: 0, count: output.count)
    for (index, value) in input.values.enumerated() {
      let place = input.shape.coordinate(at: index).enumerated().compactMap { axis, coordinate in
        reduced.contains(axis) ? (keepsAxes ? 0 : nil) : coordinate
      }
      sums[output.index(of: place)] += value
    }
    return [RealTensor(output, sums.map { $0 * Double(output.count) / Double(input.values.count) })]
  }

  /// Rounding to codes takes one step, float sums one rounding each.
  ///
  /// Codes: the shift rounds by half a step and the high multiply before it by another half at most;
  /// the multiplier is truncated to 29 bits at least. Floats: each sum is rounded to 2^-24 of at most
  /// the sum of magnitudes, which the division turns into the largest of them.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs[0]?.largestMagnitude ?? 0
    if signature.rescaling != nil { return signature.bound(1 + 0x1p-14, reaching: largest) }
    let count = Reduction(signature, keepsAxes: keepsAxes).count
    return largest * Double(count + 1) * 0x1p-23
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        [.int8, .int8, .uint8, .float32], axes: 1...4, extents: 1...5, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...4).contains(extents.count) else { return nil }
    let axes = extents.indices.filter { _ in Bool.random(using: &generator) }
      .map { Int32(Bool.random(using: &generator) ? $0 : $0 - extents.count) }
    let operation = Mean(keepsAxes: Bool.random(using: &generator))
    let output = TensorType.random(
      [type.element], type.shape, near: type.quantization?.scales[0], using: &generator)
    var signature = Signature(
      inputs: [
        Operand(type),
        Operand(TensorType(.int32, Shape(axes.count)), constant: Bytes(copying: axes)),
      ], outputs: [axes.isEmpty ? type : output])
    signature.outputs[0].shape =
      Shape(checking: Reduction(signature, keepsAxes: operation.keepsAxes).outputExtents)
      ?? Shape(1)
    return Example(operation, signature)
  }
}

/// The mean of `count` codes, rescaled, from their sum.
///
/// The multiplier is divided by the count after it is shifted left as far as the count has bits.
/// Source: TensorFlow Lite, `reference_ops::QuantizedMeanOrSum`.
private struct CodeMean<Code: FixedWidthInteger & Stored>: SumFunction {
  typealias Terms = IntegerTerms<Code, Code, Int32>

  private let multiplier: FixedPointMultiplier
  /// What the sum of as many zeros is.
  private let zeroSum: Int32
  private let outputZeroPoint: Int32

  init(_ signature: Signature, count: Int) {
    let scales = signature.rescaling ?? (1, 1)
    multiplier = FixedPointMultiplier(scales.input / scales.output).divided(by: count)
    zeroSum = signature.input(0).zeroPoint &* Int32(truncatingIfNeeded: count)
    outputZeroPoint = signature.outputs[0].zeroPoint
  }

  func addParameters(of channel: Int, to hash: inout SipHash) {
    hash.add(multiplier)
    hash.add(zeroSum)
    hash.add(outputZeroPoint)
  }

  @inline(__always)
  func callAsFunction(_ sum: Int32, channel: Int) -> Code {
    Code(clamping: multiplier.roundedTwice(sum &- zeroSum) &+ outputZeroPoint)
  }
}

/// The mean of `count` floats.
private struct FloatMean: SumFunction {
  typealias Terms = FloatTerms

  let count: Float

  func addParameters(of channel: Int, to hash: inout SipHash) {
    hash.add(count)
  }

  @inline(__always)
  func callAsFunction(_ sum: Float, channel: Int) -> Float { sum / count }
}

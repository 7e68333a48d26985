package import Tensor

/// MEAN and SUM: the mean or the sum over some axes.
///
/// Operand 1 states the axes. int8, uint8, int16, float32; int32 and int64, whose sums wrap and whose means are
/// truncated towards zero.
package struct Mean: Operator {
  private static let mean = Builtin("MEAN", 40, options: 27, versions: [.int8: 2, .int16: 3])
  private static let sum = Builtin("SUM", 74, options: 27, versions: [.int8: 2])
  package static let builtins = [mean, sum]

  package let builtin: Builtin
  /// Whether the result keeps the axes, with extent 1.
  package let keepsAxes: Bool

  init(_ builtin: Builtin, keepsAxes: Bool) {
    self.builtin = builtin
    self.keepsAxes = keepsAxes
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(builtin, keepsAxes: try options.bool(0, default: false))
  }

  package var options: OptionValues { OptionValues([0: .bool(keepsAxes)]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    try signature.requireNumbers([.int8, .uint8, .int16, .int32, .int64, .float32])
    try Reduction.check(signature)
    try signature.requireRescaling()
    // The references copy codes as they are then.
    if signature.input(1).shape.count == 0 && signature.rescaling != nil {
      try signature.requireSameQuantization()
    }
    let reduction = Reduction(signature, keepsAxes: keepsAxes)
    // The limit keeps sums of codes of 8 bits inside 32 bits.
    guard reduction.count <= 1 << 22 else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "at most 2^22 elements each",
        found: "\(reduction.count)")
    }
    try signature.requireOutput(shape: reduction.outputExtents)
  }

  private var divides: Bool { builtin == Self.mean }

  /// LiteRT's reference kernel of SUM takes codes of int8 and int16 for bytes without a sign.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let (input, output) = (signature.input(0), signature.outputs[0])
    guard signature.input(1).element == .int32 else { return false }
    if profile == .tflm { return [.int8, .int16, .float32].contains(input.element) }
    return switch input.element {
    case .int8: divides
    case .int16: divides && input.zeroPoint == 0 && output.zeroPoint == 0
    default: true
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Access(
      [Reduction(signature, keepsAxes: keepsAxes).access] + signature.unreadOperands(from: 1),
      signature: signature)
  }

  /// Sums of 32 bits of codes, then a word for each axis and for each that is reduced.
  package func microMemory(_ signature: Signature) -> MicroMemory {
    let hasCodes = [.int8, .int16].contains(signature.input(0).element)
    let sums = hasCodes ? [4 * signature.outputs[0].shape.count] : []
    return MicroMemory(
      attributes: 1, data: 44,
      scratch: sums + [4 * signature.input(0).shape.rank, 4 * signature.input(1).shape.count])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let reduction = Reduction(signature, keepsAxes: keepsAxes)
    let divisor = divides ? reduction.count : 1
    switch signature.outputs[0].element {
    case .float32:
      // -0 and a number are that number, -0 included.
      return profile.startsFoldsFromFirst && !divides && reduction.keptAxes.isEmpty
        ? SpecializedSummingKernel(
          ReductionKernel(reduction, result: FloatMean<FloatTermsFromMinusZero>(count: 1)))
        : SpecializedSummingKernel(
          ReductionKernel(reduction, result: FloatMean<FloatTerms>(count: Float(divisor))))
    case .int32:
      return SpecializedSummingKernel(
        ReductionKernel(reduction, result: IntegerMean<Int32>(count: divisor)))
    case .int64:
      return SpecializedSummingKernel(
        ReductionKernel(reduction, result: IntegerMean<Int64>(count: divisor)))
    case .int16: return codes(Int16.self, signature, reduction)
    case .uint8: return codes(UInt8.self, signature, reduction)
    case .int8: return codes(Int8.self, signature, reduction)
    case let element: preconditionFailure("no kernel for \(element)")
    }
  }

  @inline(__always)
  private func codes<Code: FixedWidthInteger & Stored>(
    _ code: Code.Type, _ signature: Signature, _ reduction: Reduction
  ) -> any Kernel {
    SpecializedSummingKernel(
      ReductionKernel(
        reduction,
        result: CodeMean<Code>(signature, count: reduction.count, divides: divides)))
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
    let count = divides ? Double(input.values.count) / Double(output.count) : 1
    return [RealTensor(output, sums.map { $0 / count })]
  }

  /// Rounding to codes takes one step, float sums one rounding each, the mean of integers less than 1.
  ///
  /// Codes: the shift rounds by half a step and the high multiply before it by another half at most;
  /// the multiplier is truncated to 29 bits at least. Floats: each sum is rounded to 2^-24 of at most
  /// the sum of magnitudes, which the division turns into the largest of them. Sums that wrap, of integers or of
  /// more codes of 16 bits than 2^15, approximate nothing.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let count = Double(Reduction(signature, keepsAxes: keepsAxes).count)
    let largest = inputs[0]?.largestMagnitude ?? 0
    let result = divides ? largest : largest * count
    switch signature.outputs[0].element {
    case .float32: return result * (count + 1) * 0x1p-23
    case .int32:
      return !divides && result >= 0x1p31
        ? .infinity : (divides ? 1 : 0) + count * largest * 0x1p-50
    case .int64:
      return largest * count >= 0x1p62 ? .infinity : (divides ? 1 : 0) + count * largest * 0x1p-50
    case .int16 where count > 0x1p15: return .infinity
    default: return signature.bound(1 + 0x1p-14, reaching: result)
    }
  }

  private static let elements: [ElementType] = [
    .int8, .int8, .uint8, .int16, .int32, .int64, .float32,
  ]

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(
        elements, axes: 1...4, extents: 1...5, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (1...4).contains(extents.count), elements.contains(type.element) else { return nil }
    let axes = extents.indices.filter { _ in Bool.random(using: &generator) }
      .map { Int32(Bool.random(using: &generator) ? $0 : $0 - extents.count) }
    let operation = Mean(
      builtins.randomElement(using: &generator) ?? mean, keepsAxes: Bool.random(using: &generator))
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

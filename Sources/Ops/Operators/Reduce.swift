internal import Glibc
package import Tensor

/// REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ALL and REDUCE_ANY: the largest element over some axes, the
/// smallest one, the product, whether all are true, whether any is.
///
/// Operand 1 states the axes. Extrema: int8, uint8 and int16, operand and result quantized alike; int32, int64,
/// float32. Products: int8 and int16; int32 and int64, which wrap; float32. The others: bool.
package struct Reduce: Operator {
  private static let product = Builtin(
    "REDUCE_PROD", 81, options: 27, versions: [.int8: 2, .int16: 2])
  private static let maximum = Builtin(
    "REDUCE_MAX", 82, options: 27, versions: [.int8: 2, .int16: 3])
  private static let minimum = Builtin(
    "REDUCE_MIN", 89, options: 27, versions: [.int8: 2, .int16: 3])
  private static let any = Builtin("REDUCE_ANY", 91, options: 27)
  private static let all = Builtin("REDUCE_ALL", 140, options: 27)
  package static let builtins = [product, maximum, minimum, any, all]

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

  /// The types that one of the family takes.
  private static func elements(_ builtin: Builtin) -> [ElementType] {
    switch builtin {
    case any, all: [.bool]
    case product: [.int8, .int16, .int32, .int64, .float32]
    default: [.int8, .uint8, .int16, .int32, .int64, .float32]
    }
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    try signature.requireNumbers(Self.elements(builtin))
    try Reduction.check(signature)
    let reduction = Reduction(signature, keepsAxes: keepsAxes)
    try signature.requireOutput(shape: reduction.outputExtents)
    if builtin != Self.product { return try signature.requireSameQuantization() }
    guard signature.rescaling != nil else { return }
    // Factors are rounded to 15 bits, which shift by less than 8.
    guard Self.stepFactor(signature, reduction.count) < 0x1p7 else {
      throw OperatorError(
        .unsupported, .output(0), expected: "a factor per element below 2^7", found: "a larger one")
    }
  }

  /// What each of `count` factors of a product of codes is multiplied by.
  private static func stepFactor(_ signature: Signature, _ count: Int) -> Double {
    guard let scales = signature.rescaling else { return 1 }
    return scales.input / pow(scales.output, 1 / Double(count))
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let (input, output) = (signature.input(0), signature.outputs[0])
    guard signature.input(1).element == .int32 else { return false }
    if profile == .tflm {
      return builtin == Self.all
        || [Self.maximum, Self.minimum].contains(builtin)
          && [.int8, .float32].contains(input.element)
    }
    return input.element != .int16 || input.zeroPoint == 0 && output.zeroPoint == 0
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Access(
      [Reduction(signature, keepsAxes: keepsAxes).foldedAccess]
        + signature.unreadOperands(from: 1), signature: signature)
  }

  /// A word for each axis and for each that is reduced.
  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(
      attributes: 1, data: 44,
      scratch: [4 * signature.input(0).shape.rank, 4 * signature.input(1).shape.count])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let reduction = Reduction(signature, keepsAxes: keepsAxes)
    switch signature.outputs[0].element {
    case .bool: return truth(reduction)
    case .int8: return codes(Int8.self, signature, reduction)
    case .uint8: return integers(UInt8.self, reduction)
    case .int16: return codes(Int16.self, signature, reduction)
    case .int32: return integers(Int32.self, reduction)
    case .int64: return integers(Int64.self, reduction)
    default: return floats(reduction, profile)
    }
  }

  private func truth(_ reduction: Reduction) -> any Kernel {
    let needsAll = builtin == Self.all
    return SpecializedKernel(
      FoldReductionKernel(
        reduction,
        FoldMap<TruthValue, Bool, TruthValue>(
          [needsAll ? 1 : 0], first: { $0.isTrue },
          next: { needsAll ? $0 && $1.isTrue : $0 || $1.isTrue }, last: { TruthValue($0) })))
  }

  /// The farthest number comes before the first one, but where `profile` starts from that; NaNs are passed over.
  ///
  /// Source: TensorFlow Lite, `reference_ops::ReduceGeneric`, `ReduceAllDims`.
  private func floats(_ reduction: Reduction, _ profile: Profile) -> any Kernel {
    let startsFromFirst = profile.startsFoldsFromFirst && reduction.keptAxes.isEmpty
    let farthest = Float.greatestFiniteMagnitude
    let fold: FoldMap<Float, Float, Float> =
      switch builtin {
      case Self.product: FoldMap([0], from: 1) { $0 * $1 }
      case Self.maximum:
        FoldMap([1], from: startsFromFirst ? nil : -farthest) { $1 > $0 ? $1 : $0 }
      default: FoldMap([2], from: startsFromFirst ? nil : farthest) { $1 < $0 ? $1 : $0 }
      }
    return SpecializedKernel(FoldReductionKernel(reduction, fold))
  }

  @inline(__always)
  private func integers<Number: FixedWidthInteger & Stored>(
    _ number: Number.Type, _ reduction: Reduction
  ) -> any Kernel {
    let fold: FoldMap<Number, Number, Number> =
      switch builtin {
      case Self.product: FoldMap([0]) { $0 &* $1 }
      case Self.maximum: FoldMap([1]) { max($0, $1) }
      default: FoldMap([2]) { min($0, $1) }
      }
    return SpecializedKernel(FoldReductionKernel(reduction, fold))
  }

  /// Each factor but the first is scaled when it is multiplied, so that products stay small, and the result once
  /// more.
  ///
  /// Source: TensorFlow Lite, `reference_ops::QuantizedReduceProd`.
  @inline(__always)
  private func codes<Code: FixedWidthInteger & Stored>(
    _ code: Code.Type, _ signature: Signature, _ reduction: Reduction
  ) -> any Kernel {
    guard builtin == Self.product else { return integers(code, reduction) }
    let factor = FixedPointMultiplier(Self.stepFactor(signature, reduction.count))
    let (zero, outputZero) = (signature.input(0).zeroPoint, signature.outputs[0].zeroPoint)
    let parameters = [factor.significand, Int32(factor.exponent), zero, outputZero]
    return SpecializedKernel(
      FoldReductionKernel(
        reduction,
        FoldMap<Code, Int32, Code>(
          parameters.map { UInt64(UInt32(bitPattern: $0)) },
          first: { Int32($0) &- zero },
          next: { factor.reduced(Int64($0) &* Int64(Int32($1) &- zero)) },
          last: { Code(clamping: factor.reduced(Int64($0)) &+ outputZero) })))
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let axes = inputs[1] else {
      preconditionFailure("a reduction has an input and axes")
    }
    let reduced = Set(axes.values.map { (Int($0) + input.shape.rank) % input.shape.rank })
    let output = signature.outputs[0].shape
    var results = [Double?](repeating: nil, count: output.count)
    for (index, value) in input.values.enumerated() {
      let place = input.shape.coordinate(at: index).enumerated().compactMap { axis, coordinate in
        reduced.contains(axis) ? (keepsAxes ? 0 : nil) : coordinate
      }
      let target = output.index(of: place)
      let number = signature.input(0).element == .bool ? min(value, 1) : value
      results[target] = results[target].map { combine($0, number) } ?? number
    }
    return [RealTensor(output, results.map { $0 ?? 0 })]
  }

  private func combine(_ x: Double, _ y: Double) -> Double {
    switch builtin {
    case Self.product: x * y
    case Self.maximum, Self.any: max(x, y)
    default: min(x, y)
    }
  }

  /// Extrema and truth values are exact.
  ///
  /// Products of floats are rounded once per element, to 2^-24 of at most the product of
  /// magnitudes; those of codes are multiplied by factors of 15 bits and rounded as often, which
  /// grows with each element, so that nothing is said of them, nor of products that wrap.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    guard builtin == Self.product else { return 0x1p-20 }
    let count = Double(Reduction(signature, keepsAxes: keepsAxes).count)
    guard signature.outputs[0].element == .float32 else { return .infinity }
    let largest = pow(max(inputs[0]?.largestMagnitude ?? 0, 1), count)
    return largest < 0x1p127 ? largest * count * 0x1p-23 : .infinity
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let element: [ElementType] = [.int8, .int8, .uint8, .int16, .int32, .int64, .float32, .bool]
    return drawn(
      reading: .random(element, axes: 1...4, extents: 1...4, centered: .int16, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    let takers = builtins.filter { elements($0).contains(type.element) }
    guard (1...4).contains(extents.count), let builtin = takers.randomElement(using: &generator)
    else { return nil }
    let axes = extents.indices.filter { _ in Bool.random(using: &generator) }
      .map { Int32(Bool.random(using: &generator) ? $0 : $0 - extents.count) }
    let operation = Reduce(builtin, keepsAxes: Bool.random(using: &generator))
    var signature = Signature(
      inputs: [
        Operand(type),
        Operand(TensorType(.int32, Shape(axes.count)), constant: Bytes(copying: axes)),
      ], outputs: [type])
    let reduction = Reduction(signature, keepsAxes: operation.keepsAxes)
    signature.outputs[0].shape = Shape(checking: reduction.outputExtents) ?? Shape(1)
    if builtin == product, let scale = type.quantization?.scales[0] {
      // Steps of a product as large as the operand's would saturate it, or leave nothing of it.
      signature.outputs[0].quantization = Quantization(
        scale: Float.random(in: 0.5...2, using: &generator) * max(scale, 0x1p-20),
        zeroPoint: type.element == .int16 ? 0 : type.zeroPoint)
    }
    return Example(operation, signature)
  }
}

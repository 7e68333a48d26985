internal import Glibc
package import Tensor

/// CUMSUM: the sums of the elements up to each one along an axis.
///
/// Operand 1 states the axis. int8, float32; int32 and int64, which wrap.
package struct CumSum: Operator {
  package static let builtins = [Builtin("CUMSUM", 128, options: 102)]

  /// Whether an element is left out of its own sum.
  package let isExclusive: Bool
  /// Whether sums start at the last element.
  package let isReverse: Bool

  init(isExclusive: Bool, isReverse: Bool) {
    self.isExclusive = isExclusive
    self.isReverse = isReverse
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(
      isExclusive: try options.bool(0, default: false),
      isReverse: try options.bool(1, default: false))
  }

  package var options: OptionValues {
    OptionValues([0: .bool(isExclusive), 1: .bool(isReverse)])
  }

  private static let elements: [ElementType] = [.int8, .int32, .int64, .float32]

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...2, required: 2)
    try signature.requireNumbers(Self.elements)
    let input = signature.input(0)
    let axis = try signature.constantIntegers(1, count: 1)[0]
    guard (-input.shape.rank..<input.shape.rank).contains(axis), input.shape.count > 0 else {
      throw OperatorError(
        .invalid, .operand(1), expected: "an axis of \(input.shape), none empty", found: "\(axis)")
    }
    try signature.requireOutput(shape: input.shape.extents)
    guard let scales = signature.rescaling else { return }
    // What codes are scaled by after they are shifted left by 20 bits, and halved.
    guard 2 * scales.input / (0x1p20 * scales.output) < 1 else {
      throw OperatorError(
        .invalid, .output(0), expected: "input scale / output scale below 2^19",
        found: "\(scales.input / scales.output)")
    }
  }

  /// The axis, counted from the front.
  private static func axis(_ signature: Signature) -> Int {
    let (axis, rank) = (signature.integers(1)[0], signature.input(0).shape.rank)
    return axis < 0 ? axis + rank : axis
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    guard signature.input(1).element == .int32 else { return false }
    return switch signature.input(0).element {
    case .float32: true
    case .int8: profile == .tflm
    default: profile != .tflm
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let axis = Self.axis(signature)
    let axes = (0..<signature.input(0).shape.rank).map { own -> AxisAccess in
      own == axis ? .whole : .window(axis: own)
    }
    return Access([axes] + signature.unreadOperands(from: 1), signature: signature)
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(attributes: 2, data: signature.input(0).element == .int8 ? 36 : 0)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let axis = Self.axis(signature)
    let depth = signature.input(0).shape[axis]
    func kernel<Code: Stored, Sum: Sendable>(
      _ parameters: [UInt64], from start: Sum, _ add: @escaping @Sendable (Sum, Code) -> Sum,
      _ finish: @escaping @Sendable (Sum) -> Code
    ) -> AxisRowKernel<RunningSums<Code, Sum>> {
      AxisRowKernel(
        RunningSums(
          parameters: parameters, isExclusive: isExclusive, isReverse: isReverse, start: start,
          add: add, finish: finish), axis: axis, depth: depth)
    }
    switch signature.outputs[0].element {
    case .float32:
      return SpecializedKernel(kernel([], from: Float(0), { $0 + ($1 as Float) }, { $0 }))
    case .int32:
      return SpecializedKernel(kernel([], from: Int32(0), { $0 &+ ($1 as Int32) }, { $0 }))
    case .int64:
      return SpecializedKernel(kernel([], from: Int64(0), { $0 &+ ($1 as Int64) }, { $0 }))
    default:
      let codes = CodeSums(signature)
      return SpecializedKernel(
        kernel(
          codes.parameters, from: codes.scaled(0), { $0 &+ codes.scaled($1 as Int8) },
          { codes.code(of: $0) }))
    }
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0] else { preconditionFailure("a sum has an input") }
    let axis = Self.axis(signature)
    let (depth, stride) = (input.shape[axis], input.shape.strides[axis])
    var sums = input.values
    for index in sums.indices where index / stride % depth == 0 {
      var sum = 0.0
      for step in 0..<depth {
        let place = index + (isReverse ? depth - 1 - step : step) * stride
        if isExclusive { sums[place] = sum }
        sum += input.values[place]
        if !isExclusive { sums[place] = sum }
      }
    }
    return [RealTensor(input.shape, sums)]
  }

  /// Codes are rounded once, by the high multiply and by the shift, and are off by their zero
  /// point, which counts once too often.
  ///
  /// A float sum is rounded once per element, to 2^-24 of at most the sum of magnitudes. Sums that
  /// wrap approximate nothing, of codes those that pass 12 integer bits.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let depth = Double(signature.input(0).shape[Self.axis(signature)])
    let largest = (inputs[0]?.largestMagnitude ?? 0) * depth
    switch signature.outputs[0].element {
    case .float32: return largest * depth * 0x1p-23
    case .int32: return largest >= 0x1p31 ? .infinity : 0x1p-20
    case .int64: return largest >= 0x1p62 ? .infinity : largest * depth * 0x1p-50
    default:
      let scales = signature.rescaling ?? (1, 1)
      let offset = Double(abs(signature.input(0).zeroPoint)) * scales.input
      guard largest + offset < 0x1p12 * scales.input else { return .infinity }
      return signature.bound(1 + 0x1p-14 + offset / scales.output, reaching: largest + offset)
    }
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random(elements, axes: 1...4, extents: 1...6, using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let rank = type.shape.rank
    guard (1...4).contains(rank), elements.contains(type.element) else { return nil }
    let axis = Int.random(in: -rank..<rank, using: &generator)
    let output = TensorType.random(
      [type.element], type.shape, near: type.quantization?.scales[0], using: &generator)
    return Example(
      CumSum(
        isExclusive: Bool.random(using: &generator), isReverse: Bool.random(using: &generator)),
      Signature(
        inputs: [
          Operand(type),
          Operand(TensorType(.int32, Shape(1)), constant: Bytes(copying: [Int32(axis)])),
        ], outputs: [output]))
  }
}

/// The sums of a row up to each element.
private struct RunningSums<Element: Stored, Sum: Sendable>: RowFunction {
  let parameters: [UInt64]
  let isExclusive: Bool
  let isReverse: Bool
  /// The sum of nothing.
  let start: Sum
  let add: @Sendable (Sum, Element) -> Sum
  let finish: @Sendable (Sum) -> Element

  func addParameters(to hash: inout SipHash) {
    for parameter in parameters { hash.add(parameter) }
    hash.add(UInt64((isExclusive ? 1 : 0) + (isReverse ? 2 : 0)))
  }

  func callAsFunction(
    _ row: UnsafeMutableBufferPointer<Element>, into results: UnsafeMutableBufferPointer<Element>
  ) {
    var sum = start
    for step in row.indices {
      let index = isReverse ? row.count - 1 - step : step
      let next = add(sum, row[index])
      results.initializeElement(at: index, to: finish(isExclusive ? sum : next))
      sum = next
    }
  }
}

/// Sums of codes of int8, which have 19 fraction bits.
///
/// They start from what the zero point alone makes, as if the code 0 stood before the first one. Source:
/// TensorFlow Lite, `reference_ops::CumSum` of int8.
private struct CodeSums: Sendable {
  private let half = FixedPointMultiplier(0.5)
  private let factor: FixedPointMultiplier
  private let zeroPoint: Int32
  private let outputZeroPoint: Int32

  init(_ signature: Signature) {
    let scales = signature.rescaling ?? (1, 1)
    factor = FixedPointMultiplier(2 * scales.input / (0x1p20 * scales.output))
    zeroPoint = signature.input(0).zeroPoint
    outputZeroPoint = signature.outputs[0].zeroPoint
  }

  var parameters: [UInt64] {
    [factor.significand, Int32(factor.exponent), zeroPoint, outputZeroPoint].map {
      UInt64(UInt32(bitPattern: $0))
    }
  }

  func scaled(_ code: Int8) -> Int32 { half.roundedTwice((Int32(code) &- zeroPoint) &<< 20) }

  func code(of sum: Int32) -> Int8 {
    Int8(clamping: factor.roundedTwice(sum) &+ outputZeroPoint)
  }
}

package import Tensor

/// ADD_N: the sum of two or more tensors of one shape, element by element.
///
/// int8, all operands quantized alike; int32 that stands for itself, which wraps; float32.
package struct AddN: Operator {
  package static let builtins = [Builtin("ADD_N", 106, options: 82)]

  init() {}

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) { self.init() }

  package var options: OptionValues { OptionValues() }

  package func check(_ signature: Signature) throws(OperatorError) {
    let count = signature.inputs.count
    try signature.requireCounts(inputs: max(count, 2)...max(count, 2), required: max(count, 2))
    let first = signature.input(0)
    for index in 0..<count {
      try signature.requireElement(operand: index, [.int8, .float32], plain: [.int32])
      let other = signature.input(index)
      guard other.element == first.element, other.shape == first.shape,
        other.element != .int8 || other.quantization == first.quantization
      else {
        throw OperatorError(.invalid, .operand(index), expected: "\(first)", found: "\(other)")
      }
    }
    try signature.requireElement(
      output: 0, [first.element], plain: first.element == .int32 ? [.int32] : [])
    try signature.requireOutput(shape: first.shape.extents)
    guard let scales = signature.pairScales else { return }
    let factor = 2 * scales.left / (0x1p20 * scales.output)
    guard factor < 1, FixedPointMultiplier(factor).exponent <= 0 else {
      throw OperatorError(
        .invalid, .output(0), expected: "twice the input scale / output scale below 2^20",
        found: "\(factor * 0x1p20)")
    }
  }

  /// One takes int8, the other one int32.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    switch signature.input(0).element {
    case .int8: profile == .tflm
    case .int32: profile != .tflm
    default: true
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Access(
      signature.inputs.map { operand in
        (0..<(operand?.type.shape.rank ?? 0)).map { .window(axis: $0) }
      }, signature: signature)
  }

  /// Pointers to the operands, and what codes need.
  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(
      data: signature.input(0).element == .int8 ? 40 : 0, scratch: [4 * signature.inputs.count])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    switch signature.input(0).element {
    case .int8: SpecializedKernel(FoldKernel(function: CodesSum(signature)))
    case .int32: SpecializedKernel(FoldKernel(function: WrappingSum()))
    default: SpecializedKernel(FoldKernel(function: FloatsSum(clamps: profile.clampsSumOfMany)))
    }
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  /// The sum of codes starts from the code 0 in place of the number 0, in the reference implementation.
  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let operands = inputs.compactMap { $0 }
    var start = 0.0
    if let scale = signature.pairScales?.left {
      start = -scale * Double(signature.input(0).zeroPoint)
    }
    let shape = signature.outputs[0].shape
    return [
      RealTensor(
        shape,
        (0..<shape.count).map { index in operands.reduce(start) { $0 + $1.values[index] } })
    ]
  }

  /// Codes take a step, and a unit of `2 * scale / 2^20` for each operand; floats a rounding each.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    let largest = inputs.reduce(0) { $0 + ($1?.largestMagnitude ?? 0) }
    let count = Double(inputs.count)
    guard let scales = signature.pairScales else {
      return signature.input(0).element == .float32
        ? largest * count * 0x1p-23 : signature.wrappingBound(reaching: largest)
    }
    // Sums of more shifted codes than this wrap.
    guard count < 8 else { return .infinity }
    return 1 + (count + 1) * 0x1p-18 * scales.left / scales.output + 0x1p-14
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(
      reading: .random([.int8, .int32, .float32], axes: 1...4, extents: 1...6, using: &generator),
      using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.shape.rank <= 4 else { return nil }
    let inputs = (0..<Int.random(in: 2...5, using: &generator)).map { index -> Operand? in
      index > 0 && Int.random(in: 0..<5, using: &generator) == 0
        ? .randomConstant(type, using: &generator) : Operand(type)
    }
    let output = TensorType.random(
      [type.element], type.shape, near: type.quantization?.scales[0], using: &generator)
    return Example(AddN(), Signature(inputs: inputs, outputs: [output]))
  }
}

/// Folds the elements of all operands at one place.
private struct FoldKernel<Function: FoldFunction>: ElementKernel {
  let function: Function

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let inputs = call.inputs.indices.map { call.input($0) }
    call.region.forEachRow { start in
      let (rows, target) = (inputs.map { $0.row(at: start) }, output.row(at: start))
      for coordinate in call.region.row {
        arithmetic.fold(
          function, count: rows.count, { rows[$0][coordinate] }, to: target[coordinate])
      }
    }
  }
}

/// Source: TensorFlow Lite, `reference_ops::AddN` of int8.
private struct CodesSum: FoldFunction {
  let zeroPoint: Int32
  let input: FixedPointMultiplier
  let output: FixedPointMultiplier
  let outputZeroPoint: Int32

  init(_ signature: Signature) {
    guard let scales = signature.pairScales else { preconditionFailure("codes have scales") }
    zeroPoint = signature.input(0).zeroPoint
    outputZeroPoint = signature.outputs[0].zeroPoint
    input = FixedPointMultiplier(0.5)
    output = FixedPointMultiplier(2 * scales.left / (0x1p20 * scales.output))
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(zeroPoint)
    hash.add(output)
    hash.add(outputZeroPoint)
  }

  @inline(__always)
  func begin(_ x: Int8) -> Int32 {
    extend(input.roundedTwice((0 &- zeroPoint) &<< 20), by: x)
  }

  @inline(__always)
  func extend(_ state: Int32, by x: Int8) -> Int32 {
    state &+ input.roundedTwice((Int32(x) &- zeroPoint) &<< 20)
  }

  @inline(__always)
  func finish(_ state: Int32) -> Int8 {
    Int8(truncatingIfNeeded: (-128...127).clamp(output.roundedTwice(state) &+ outputZeroPoint))
  }
}

/// Sums of integers that stand for themselves.
private struct WrappingSum: FoldFunction {
  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func begin(_ x: Int32) -> Int32 { x }

  @inline(__always)
  func extend(_ state: Int32, by x: Int32) -> Int32 { state &+ x }

  @inline(__always)
  func finish(_ state: Int32) -> Int32 { state }
}

/// Sums of floats in the order of the operands: from 0, or from the first with every sum kept finite.
private struct FloatsSum: FoldFunction {
  let clamps: Bool
  private let clamp = FloatClamp(.none)

  init(clamps: Bool) { self.clamps = clamps }

  func addParameters(to hash: inout SipHash) { hash.add(UInt64(clamps ? 1 : 0)) }

  @inline(__always)
  func begin(_ x: Float) -> Float { clamps ? x : 0 + x }

  @inline(__always)
  func extend(_ state: Float, by x: Float) -> Float { clamps ? clamp(state + x) : state + x }

  @inline(__always)
  func finish(_ state: Float) -> Float { state }
}

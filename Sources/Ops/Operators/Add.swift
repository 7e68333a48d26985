package import Tensor

/// ADD: the sum of two int8 tensors, element by element, with broadcasting.
package struct Add: Operator {
  package static let name = "ADD"
  package static let builtinCode = 0
  package static let optionsCode = 11

  /// The range that results are clamped to.
  package let activation: Activation

  init(activation: Activation) { self.activation = activation }

  package init(options: some OptionTable) throws(OptionError) {
    self.init(activation: try Activation(options, slot: 0))
  }

  package var options: OptionValues { OptionValues([0: .int8(activation.rawValue)]) }

  package func check(_ signature: Signature) throws(OperatorError) {
    try Elementwise.check(signature, [.int8])
    let scales = [signature.input(0), signature.input(1), signature.outputs[0]]
      .map { Double($0.quantization?.scales[0] ?? 1) }
    guard FixedPointMultiplier.isRepresentable(max(scales[0], scales[1]) / scales[2]) else {
      throw OperatorError(
        .invalid, .output(0), expected: "largest input scale / output scale below 2^30",
        found: "\(max(scales[0], scales[1]) / scales[2])")
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Elementwise.access(signature)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    AddKernel(
      pairs: BinaryPairs(access(signature, output: 0)),
      sum: Sum(
        left: signature.input(0), right: signature.input(1), output: signature.outputs[0],
        codes: activation.codes(of: signature.outputs[0])))
  }

  package func inPlace(_ signature: Signature, operand: Int) -> InPlace {
    Elementwise.inPlace(signature, operand: operand)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> RealTensor {
    let range = activation.realRange
    return Elementwise.real(inputs, output: signature.outputs[0].shape) {
      min(max($0 + $1, range.lowerBound), range.upperBound)
    }
  }

  /// One step, and two units of the shared scale.
  ///
  /// The final scaling rounds by half a step, its high multiply by another half at most. Each scaled
  /// operand is off by one unit of `2 * largest scale / 2^20` at most, and so is the result by two.
  package func errorBound(_ signature: Signature) -> Double {
    let scales = [signature.input(0), signature.input(1), signature.outputs[0]]
      .map { Double($0.quantization?.scales[0] ?? 1) }
    return 1 + 0x1p-18 * max(scales[0], scales[1]) / scales[2] + 0x1p-20
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    Elementwise.random(
      Add(activation: Activation.allCases.randomElement(using: &generator) ?? .none),
      using: &generator)
  }
}

private struct AddKernel: Kernel {
  let pairs: BinaryPairs
  let sum: Sum

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    pairs.apply(sum, call, into: output, in: arithmetic)
  }
}

/// The sum of two codes, in units of `2 * largest input scale / 2^20`.
///
/// Source: TensorFlow Lite, `reference_integer_ops::Add`.
private struct Sum: BinaryFunction {
  let leftZeroPoint: Int32
  let rightZeroPoint: Int32
  let left: FixedPointMultiplier
  let right: FixedPointMultiplier
  let output: FixedPointMultiplier
  let outputZeroPoint: Int32
  let codes: ClosedRange<Int32>

  init(left: TensorType, right: TensorType, output: TensorType, codes: ClosedRange<Int32>) {
    let scales = [left, right, output].map { Double($0.quantization?.scales[0] ?? 1) }
    let unit = 2 * max(scales[0], scales[1])
    self.left = FixedPointMultiplier(scales[0] / unit)
    self.right = FixedPointMultiplier(scales[1] / unit)
    self.output = FixedPointMultiplier(unit / (0x1p20 * scales[2]))
    leftZeroPoint = left.zeroPoint
    rightZeroPoint = right.zeroPoint
    outputZeroPoint = output.zeroPoint
    self.codes = codes
  }

  @inline(__always)
  func code(of x: Int32, _ y: Int32) -> Int32 {
    let sum =
      left.roundedTwice((x &- leftZeroPoint) &<< 20)
      &+ right.roundedTwice((y &- rightZeroPoint) &<< 20)
    let code = output.roundedTwice(sum) &+ outputZeroPoint
    return min(max(code, codes.lowerBound), codes.upperBound)
  }
}

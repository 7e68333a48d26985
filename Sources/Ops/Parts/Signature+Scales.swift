internal import Tensor

extension Signature {
  /// The scales of two operands and of their result; `nil` where these are no codes of at most 16 bits.
  var pairScales: (left: Double, right: Double, output: Double)? {
    guard let left = input(0).quantization, let right = input(1).quantization,
      let output = outputs[0].quantization, outputs[0].element.codes != nil,
      outputs[0].element.sizeInBytes <= 2
    else { return nil }
    return (Double(left.scales[0]), Double(right.scales[0]), Double(output.scales[0]))
  }

  /// The scales of operand 0 and of the result; `nil` where these are not quantized.
  var rescaling: (input: Double, output: Double)? {
    guard let input = input(0).quantization, let output = outputs[0].quantization,
      outputs[0].element != .float32
    else { return nil }
    return (Double(input.scales[0]), Double(output.scales[0]))
  }

  /// Throws unless codes can be rescaled from operand 0 to the result, by up to `factor` more than
  /// their scales say.
  func requireRescaling(by factor: Double = 1) throws(OperatorError) {
    guard let scales = rescaling else { return }
    // Half of what is representable: some factors are derived in single precision, where no product on
    // the way may overflow.
    guard FixedPointMultiplier.isRepresentable(2 * factor * scales.input / scales.output),
      factor * scales.input < 0x1p127
    else {
      throw OperatorError(
        .invalid, .output(0), expected: "input scale / output scale below 2^29",
        found: "\(factor * scales.input / scales.output)")
    }
  }

  /// Throws unless 32 bits hold the ends of an activation in steps of the result.
  ///
  /// Source: TensorFlow Lite, `CalculateActivationRangeQuantized`.
  func requireRange(of activation: Activation) throws(OperatorError) {
    guard let codes = outputs[0].element.codes, codes.upperBound < .max,
      let scale = outputs[0].quantization?.scales[0]
    else { return }
    let range = activation.realRange
    for end in [range.lowerBound, range.upperBound]
    where end.isFinite && abs(Float(end) / scale) > 0x1p31 {
      throw OperatorError(
        .unsupported, .output(0), expected: "an activation that ends within 2^31 steps",
        found: "steps of \(scale)")
    }
  }

  /// A bound on the error in steps, unless a result of such a magnitude is 2^30 steps or more.
  ///
  /// Then kernels shift it out of 32 bits, as the reference implementations do, and approximate no
  /// function: the bound is infinite.
  func bound(_ steps: Double, reaching magnitude: Double) -> Double {
    guard outputs[0].element != .float32, let scale = outputs[0].quantization?.scales[0] else {
      return steps
    }
    return magnitude < 0x1p30 * Double(scale) ? steps : .infinity
  }
}

internal import Tensor

/// Turns sums of products into output codes: adds the bias, scales by one multiplier per channel,
/// adds the zero point, clamps.
///
/// The multiplier is `input scale * weight scale / output scale`, derived in double precision.
/// Source: TensorFlow Lite, `PopulateConvolutionQuantizationParams`.
package struct Requantization: SumFunction {
  private let biases: [Int32]
  private let multipliers: [FixedPointMultiplier]
  private let rounding: Rounding
  private let zeroPoint: Int32
  private let codes: ClosedRange<Int32>

  /// Derives the multipliers of `channels` output channels.
  ///
  /// - Precondition: the types are quantized, the weights per tensor or with `channels` scales, and
  ///   the bias, if there, holds `channels` words of 32 bits.
  init(
    input: TensorType, weights: TensorType, bias: Bytes?, output: TensorType, channels: Int,
    activation: Activation, rounding: Rounding
  ) {
    guard let inputs = input.quantization, let weights = weights.quantization,
      let outputs = output.quantization
    else { preconditionFailure("requantization without quantization") }
    biases = bias?.elements(of: Int32.self) ?? [Int32](repeating: 0, count: channels)
    multipliers = (0..<channels).map { channel in
      let product = Double(inputs.scales[0]) * Double(weights.scale(at: channel))
      return FixedPointMultiplier(product / Double(outputs.scales[0]))
    }
    zeroPoint = outputs.zeroPoints[0]
    codes = activation.codes(of: output)
    self.rounding = rounding
  }

  @inline(__always)
  package func code(of sum: Int32, channel: Int) -> Int32 {
    let scaled = multipliers[channel].apply(sum &+ biases[channel], rounding)
    return min(max(scaled &+ zeroPoint, codes.lowerBound), codes.upperBound)
  }

  /// The largest distance, in output steps, between the code of a sum of at most `terms` products
  /// and the real number that it stands for.
  ///
  /// The shift rounds by half a step and the high multiply before it by another half at most. The
  /// multiplier is off by 2^-31 of its value, and so is the result: at most the clamped range of
  /// 2^8 codes plus what clamping hides. A bias whose float scale is a rounded product is off by
  /// 2^-23 of its share, `largestBias` steps.
  static func errorBound(largestBias: Double) -> Double {
    1 + 0x1p-20 + 0x1p-22 * largestBias
  }
}

extension Signature {
  /// Throws unless the weights (operand 1) and the bias (operand 2, optional) fit `channels` output
  /// channels along the weights' `axis`.
  func requireWeights(axis: Int, channels: Int) throws(OperatorError) {
    let weights = input(1)
    guard weights.element == .int8 else {
      throw OperatorError(.unsupported, .operand(1), expected: "int8", found: "\(weights.element)")
    }
    guard constant(1) != nil else {
      throw OperatorError(
        .unsupported, .operand(1), expected: "constant weights", found: "some computed at run time")
    }
    guard let quantization = weights.quantization,
      quantization.isPerTensor
        || (quantization.axis == axis && quantization.scales.count == channels)
    else {
      throw OperatorError(
        .invalid, .operand(1), expected: "one scale, or \(channels) along axis \(axis)",
        found: weights.quantization.map { "\($0.scales.count) along axis \($0.axis)" }
          ?? "no quantization")
    }
    if let zeroPoint = quantization.zeroPoints.first(where: { $0 != 0 }) {
      throw OperatorError(
        .unsupported, .operand(1), expected: "weights with zero point 0", found: "\(zeroPoint)")
    }
    let (scale, step) = (input(0).quantization?.scales[0], outputs[0].quantization?.scales[0])
    let factors = quantization.scales.map { Double(scale ?? 0) * Double($0) / Double(step ?? 0) }
    guard factors.allSatisfy(FixedPointMultiplier.isRepresentable) else {
      throw OperatorError(
        .invalid, .operand(1), expected: "input scale * weight scale / output scale below 2^30",
        found: "\(factors.map(abs).max() ?? 0)")
    }
    guard inputs.count > 2, let bias = inputs[2] else { return }
    guard bias.type.element == .int32, bias.type.shape.count == channels else {
      throw OperatorError(
        .invalid, .operand(2), expected: "\(channels) of int32", found: "\(bias.type)")
    }
    guard bias.constant != nil else {
      throw OperatorError(
        .unsupported, .operand(2), expected: "a constant bias", found: "one computed at run time")
    }
  }

  /// The tiling rule of operand 2, the bias, if the operator has one: a word per coordinate of the
  /// output's `axis`, under any number of axes.
  func biasAccess(axis: Int) -> [[AxisAccess]] {
    inputs.dropFirst(2).map { operand in
      (operand?.type.shape.extents ?? []).map { $0 == 1 ? .broadcast : .window(axis: axis) }
    }
  }

  /// The largest magnitude of a bias in output steps; 0 without a bias.
  var largestBiasInSteps: Double {
    guard let bias = constant(2), let weights = input(1).quantization,
      let scale = input(0).quantization?.scales[0], let step = outputs[0].quantization?.scales[0]
    else { return 0 }
    return bias.elements(of: Int32.self).enumerated().map { channel, bias in
      abs(Double(bias)) * Double(scale) * Double(weights.scale(at: channel)) / Double(step)
    }.max() ?? 0
  }
}

internal import Tensor

/// Turns sums of products of codes into output codes: adds the bias, scales by one multiplier per
/// channel, adds the zero point, clamps.
///
/// The multiplier is `input scale * weight scale / output scale`, derived in double precision.
/// Source: TensorFlow Lite, `PopulateConvolutionQuantizationParams`.
struct Requantization<Code, Weight, Sum>: SumFunction
where
  Code: FixedWidthInteger & Stored, Weight: FixedWidthInteger & Stored, Sum: ProductSum
{
  typealias Terms = IntegerTerms<Code, Weight, Sum>

  private let biases: [Sum]
  private let factors: [ScaleFactor]
  private let zeroPoint: Int32
  private let codes: ClosedRange<Int32>

  /// Derives the multipliers of `channels` output channels.
  ///
  /// - Precondition: `requireWeights` accepted the signature; operand 0 holds codes of this type.
  init(_ signature: Signature, channels: Int, activation: Activation, rounding: Rounding) {
    let output = signature.outputs[0]
    guard let inputs = signature.input(0).quantization,
      let weights = signature.input(1).quantization, let outputs = output.quantization
    else { preconditionFailure("requantization without quantization") }
    biases =
      signature.biasCodes?.map { Sum(truncatingIfNeeded: $0) }
      ?? [Sum](repeating: 0, count: channels)
    factors = (0..<channels).map { channel in
      let product = Double(inputs.scales[0]) * Double(weights.scale(at: channel))
      return ScaleFactor(product / Double(outputs.scales[0]), rounding)
    }
    zeroPoint = outputs.zeroPoints[0]
    codes = activation.codes(of: output)
  }

  func addParameters(of channel: Int, to hash: inout SipHash) {
    hash.add(UInt64(bitPattern: Int64(biases[channel])))
    hash.add(factors[channel])
    hash.add(zeroPoint)
    hash.add(codes)
  }

  @inline(__always)
  func callAsFunction(_ sum: Sum, channel: Int) -> Code {
    let scaled = (sum &+ biases[channel]).scaled(by: factors[channel])
    return Code(
      truncatingIfNeeded: min(max(scaled &+ zeroPoint, codes.lowerBound), codes.upperBound))
  }
}

internal import Tensor

/// Random weights and bias for an operator that requantizes sums of products.
struct RandomWeights {
  /// The weights, then the bias, which may be absent.
  let operands: [Operand?]
  private let productScale: Double

  init(
    shape: Shape, axis: Int, channels: Int, input: TensorType, using generator: inout SplitMix64
  ) {
    let scales = (0..<(Bool.random(using: &generator) ? channels : 1)).map { _ in
      Float.random(in: 0.001...0.05, using: &generator)
    }
    let quantization = Quantization(
      scales: scales, zeroPoints: scales.map { _ in 0 }, axis: scales.count == 1 ? 0 : axis)
    let codes = (0..<shape.count).map { _ in Int8.random(in: -127...127, using: &generator) }
    let weights = Operand(
      TensorType(.int8, shape, quantization), constant: Bytes(copying: codes))
    let inputScale = input.quantization?.scales[0] ?? 1
    productScale = Double(inputScale) * Double(scales.max() ?? 1)
    guard Int.random(in: 0..<4, using: &generator) > 0 else {
      operands = [weights, nil]
      return
    }
    let biases = (0..<channels).map { _ in Int32.random(in: -20_000...20_000, using: &generator) }
    let biasQuantization = Quantization(
      scales: scales.map { inputScale * $0 }, zeroPoints: scales.map { _ in 0 }, axis: 0)
    operands = [
      weights,
      Operand(
        TensorType(.int32, Shape(channels), biasQuantization), constant: Bytes(copying: biases)),
    ]
  }

  /// An output quantization under which sums of `terms` products spread over the codes, or at times
  /// saturate.
  func outputQuantization(terms: Int, using generator: inout SplitMix64) -> Quantization {
    let spread = productScale * 70 * 70 * Double(terms).squareRoot() / 64
    let saturation = Int.random(in: 0..<4, using: &generator) == 0 ? 0.01 : 1
    return Quantization(
      scale: Float(spread * saturation),
      zeroPoint: Quantization.random(.int8, using: &generator).zeroPoints[0])
  }
}

extension Quantization {
  /// A random quantization per tensor, its zero point often at an end of the codes.
  static func random(
    _ element: ElementType, using generator: inout SplitMix64
  ) -> Quantization {
    let codes = element.codes ?? 0...0
    let zeroPoint = [
      codes.lowerBound, codes.upperBound, 0, Int32.random(in: codes, using: &generator),
    ].randomElement(using: &generator)
    return Quantization(
      scale: Float.random(in: 0.002...0.2, using: &generator), zeroPoint: zeroPoint ?? 0)
  }
}

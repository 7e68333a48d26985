internal import Tensor

/// Random weights and bias for an operator that sums products, of the type of its operand 0.
struct RandomWeights {
  /// The weights, then the bias, which may be absent.
  let operands: [Operand?]
  private let element: ElementType
  private let productScale: Double

  init(
    shape: Shape, axis: Int, channels: Int, input: TensorType, mayBePacked: Bool = false,
    using generator: inout SplitMix64
  ) {
    element = input.element
    let hasBias = Int.random(in: 0..<4, using: &generator) > 0
    guard let inputScale = input.quantization?.scales[0] else {
      productScale = 1
      operands = [
        .randomConstant(TensorType(.float32, shape), using: &generator),
        hasBias
          ? .randomConstant(TensorType(.float32, Shape(channels)), using: &generator) : nil,
      ]
      return
    }
    let isPerChannel = element != .uint8 && Bool.random(using: &generator)
    let scales = (0..<(isPerChannel ? channels : 1)).map { _ in
      Float.random(in: 0.001...0.05, using: &generator)
    }
    let zeroPoint = element == .uint8 ? Int32.random(in: 0...255, using: &generator) : 0
    let quantization = Quantization(
      scales: scales, zeroPoints: scales.map { _ in zeroPoint }, axis: scales.count > 1 ? axis : 0)
    let isPacked =
      mayBePacked && element == .int8 && Int.random(in: 0..<6, using: &generator) == 0
    let weights = Operand.randomConstant(
      TensorType(
        isPacked ? .int4 : element == .int16 ? .int8 : element, shape, quantization),
      using: &generator)
    productScale = Double(inputScale) * Double(scales.max() ?? 1)
    guard hasBias else {
      operands = [weights, nil]
      return
    }
    let largestBias: Int32 = element == .int16 ? 5_000_000 : 20_000
    let biases = (0..<channels).map { _ in
      Int32.random(in: -largestBias...largestBias, using: &generator)
    }
    let biasQuantization = Quantization(
      scales: scales.map { inputScale * $0 }, zeroPoints: scales.map { _ in 0 }, axis: 0)
    let isWide = element == .int16 && Int.random(in: 0..<4, using: &generator) > 0
    operands = [
      weights,
      Operand(
        TensorType(isWide ? .int64 : .int32, Shape(channels), biasQuantization),
        constant: isWide ? Bytes(copying: biases.map { Int64($0) }) : Bytes(copying: biases)),
    ]
  }

  /// Random weights of int8 beside floats, none of them -128, and a bias of floats.
  init(
    hybrid shape: Shape, axis: Int, channels: Int, isPerChannel: Bool, hasBias: Bool,
    using generator: inout SplitMix64
  ) {
    (element, productScale) = (.float32, 1)
    let scales = (0..<(isPerChannel ? channels : 1)).map { _ in
      Float.random(in: 0.001...0.05, using: &generator)
    }
    let quantization = Quantization(
      scales: scales, zeroPoints: scales.map { _ in 0 }, axis: scales.count > 1 ? axis : 0)
    let codes = (0..<shape.count).map { _ in Int32.random(in: -127...127, using: &generator) }
    operands = [
      Operand(
        TensorType(.int8, shape, quantization), constant: ElementType.int8.bytes(of: codes)),
      hasBias
        ? .randomConstant(TensorType(.float32, Shape(channels)), using: &generator) : nil,
    ]
  }

  /// An output type under which sums of `terms` products spread over the codes, or at times
  /// saturate.
  func outputType(
    _ shape: Shape, terms: Int, using generator: inout SplitMix64
  ) -> TensorType {
    if element == .float32 { return TensorType(.float32, shape) }
    // Uniform codes have a root mean square of 70, those of 16 bits one of 70 * 256.
    let spread = productScale * 70 * 70 * Double(terms).squareRoot() / 64
    let saturation = Int.random(in: 0..<4, using: &generator) == 0 ? 0.01 : 1
    let zeroPoint =
      element == .int16 ? 0 : Quantization.random(element, using: &generator).zeroPoints[0]
    return TensorType(
      element, shape, Quantization(scale: Float(spread * saturation), zeroPoint: zeroPoint))
  }
}

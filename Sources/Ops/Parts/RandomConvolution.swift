internal import Tensor

/// A random convolution of a map up to its filter: geometry, biased to edges.
struct RandomConvolution {
  let attributes: ConvolutionAttributes
  /// The map.
  let input: TensorType
  /// Window height and width.
  let window: [Int]

  /// The type of a map that a convolution reads.
  static func operand(using generator: inout SplitMix64) -> TensorType {
    .randomMap(
      [.int8, .int8, .uint8, .int16, .float32], centered: .int16, using: &generator)
  }

  /// Draws the geometry; `nil` of what is no map.
  init?(reading input: TensorType, using generator: inout SplitMix64) {
    guard input.shape.rank == 4 else { return nil }
    let padding = Padding.allCases.randomElement(using: &generator) ?? .same
    // VALID wants windows that fit; SAME takes any.
    func window(extent: Int, dilation: Int) -> Int {
      let largest = padding == .same ? 4 : (extent - 1) / dilation + 1
      return Int.random(in: 1...min(4, largest), using: &generator)
    }
    let dilations = (0..<2).map { _ in Int.random(in: 1...2, using: &generator) }
    self.window = [
      window(extent: input.shape[1], dilation: dilations[0]),
      window(extent: input.shape[2], dilation: dilations[1]),
    ]
    self.input = input
    attributes = ConvolutionAttributes(
      strideHeight: Int.random(in: 1...3, using: &generator),
      strideWidth: Int.random(in: 1...3, using: &generator),
      dilationHeight: dilations[0], dilationWidth: dilations[1], padding: padding,
      activation: Activation.allCases.randomElement(using: &generator) ?? .none)
  }

  /// Completes the convolution by a random filter, bias and quantization.
  func example(
    _ operation: some Operator, filter: Shape, axis: Int, channels: Int,
    using generator: inout SplitMix64
  ) -> Example {
    let (height, width) = (input.shape[1], input.shape[2])
    let output = Shape(
      input.shape[0],
      attributes.padding.outputExtent(
        extent: height, size: window[0], stride: attributes.strideHeight,
        dilation: attributes.dilationHeight),
      attributes.padding.outputExtent(
        extent: width, size: window[1], stride: attributes.strideWidth,
        dilation: attributes.dilationWidth),
      channels)
    let isHybrid = input.element == .float32 && Bool.random(using: &generator)
    // Hybrid filters of CONV_2D, whose channels are the first axis, have a bias; those of
    // DEPTHWISE_CONV_2D, where they are the last, a scale per channel.
    let weights =
      isHybrid
      ? RandomWeights(
        hybrid: filter, axis: axis, channels: channels,
        isPerChannel: axis > 0 || Bool.random(using: &generator),
        hasBias: axis == 0 || Bool.random(using: &generator), using: &generator)
      : RandomWeights(
        shape: filter, axis: axis, channels: channels, input: input, mayBePacked: true,
        using: &generator)
    // The reference implementations take no bias where there is no operand for it, but not an absent one.
    return Example(
      operation,
      Signature(
        inputs: [Operand(input)] + weights.operands.prefix { $0 != nil },
        outputs: [
          weights.outputType(output, terms: filter.count / channels, using: &generator)
        ]))
  }
}

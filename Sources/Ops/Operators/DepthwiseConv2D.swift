package import Tensor

/// DEPTHWISE_CONV_2D: each input channel convolved by its own filters.
///
/// Input NHWC, filter [1, H, W, C * multiplier], output NHWC; output channel `c` reads input channel
/// `c / multiplier`. int8, or int16 with filters of int8, the filters per tensor or per output channel;
/// uint8, float32; hybrid (see `HybridProducts`).
package struct DepthwiseConv2D: Operator {
  package static let builtins = [
    Builtin("DEPTHWISE_CONV_2D", 4, options: 2, versions: [.int8: 3, .int16: 5])
  ]
  package static let countsMACs = true

  /// Stride, dilation, padding and activation.
  package let attributes: ConvolutionAttributes

  init(attributes: ConvolutionAttributes) { self.attributes = attributes }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(attributes: try ConvolutionAttributes(options, slots: .depthwise))
  }

  package var options: OptionValues { attributes.options(.depthwise) }

  package func statedOptions(_ signature: Signature) -> OptionValues {
    let multiplier = signature.input(1).shape[3] / signature.input(0).shape[3]
    return options.adding(.int32(Int32(clamping: multiplier)), at: 3)
  }

  package func version(_ signature: Signature) -> Int {
    if signature.isHybrid { return signature.hasWeightScales ? 6 : 4 }
    if signature.hasPackedWeights { return 7 }
    let isDilated = attributes.dilationHeight > 1 || attributes.dilationWidth > 1
    return max(isDilated ? 2 : 1, builtin.version(for: signature.input(0).element))
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    let filter = try attributes.check(signature)
    let input = signature.input(0).shape
    guard filter[0] == 1, filter[3] % input[3] == 0 else {
      throw OperatorError(
        .invalid, .operand(1), expected: "[1, H, W, a multiple of \(input[3])]",
        found: "\(filter)")
    }
    try signature.requireWeights(axis: 3, channels: filter[3], mayBeMixed: true)
    // LiteRT's hybrid kernel reads a scale per channel.
    let scales = signature.input(1).quantization?.scales.count ?? 0
    guard !signature.isHybrid || scales == filter[3] else {
      throw OperatorError(
        .unsupported, .operand(1), expected: "\(filter[3]) scales of hybrid filters",
        found: "\(scales)")
    }
    try attributes.checkOutput(signature, channels: filter[3])
  }

  private func multiplier(_ signature: Signature) -> Int {
    signature.input(1).shape[3] / signature.input(0).shape[3]
  }

  /// Both take biases of codes of 16 bits as 64 bits; LiteRT's reference kernel is not registered for weights of
  /// four bits.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let isNarrow = signature.input(0).element == .int16 && signature.hasBias(2, of: .int32)
    guard !isNarrow else { return false }
    return profile == .tflm
      ? !signature.isUnsigned && !signature.isHybrid : !signature.hasPackedWeights
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    signature.hybridAccess(products(signature), rowsEndAt: 1)
  }

  /// The tiling rule of the sums of products.
  private func products(_ signature: Signature) -> Access {
    let window = attributes.window(signature)
    var operands: [[AxisAccess]] = [
      [
        .window(axis: 0), window.height.access(axis: 1), window.width.access(axis: 2),
        .scaled(axis: 3, factor: multiplier(signature)),
      ],
      [.fixed(0), .reduced, .reduced, .window(axis: 3)],
    ]
    operands += signature.biasAccess(axis: 3)
    return Access(operands, signature: signature)
  }

  /// A hybrid convolution, though it does not sum in parts, multiplies as often as another.
  package func macs(
    _ signature: Signature, _ access: Access, output: Int, over region: Region, reduce: Region
  ) -> Int {
    (signature.isHybrid ? products(signature) : access).tapCount(for: region, reduce: reduce)
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(
      attributes: 28, data: 56, wideData: 72,
      arrays: MicroMemory.channelArrays(signature.input(1).shape[3]),
      scratch: signature.unpackedWeights)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    if signature.isHybrid {
      return HybridProducts(
        signature, access(signature, output: 0), window: attributes.window(signature), axis: 3,
        isSymmetric: false, scaleOrder: .scalesFirst, activation: attributes.activation)
    }
    let channels = signature.outputs[0].shape[3]
    return DepthwiseTaps(
      window: attributes.window(signature), multiplier: multiplier(signature), channels: channels
    ).kernel(
      for: signature, channels: channels, activation: attributes.activation, rounding: .twice)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let filter = inputs[1] else {
      preconditionFailure("a convolution has an input and a filter")
    }
    let window = attributes.window(signature)
    let output = signature.outputs[0].shape
    let pixels = output[0] * output[1] * output[2]
    let patches = window.patches(of: input, output: output)
    let inputChannels = input.shape[3]
    var values = [Double](repeating: 0, count: output.count)
    for channel in 0..<output[3] {
      let inputChannel = channel / multiplier(signature)
      let column = (0..<pixels * window.size).map { patches[$0 * inputChannels + inputChannel] }
      let weights = (0..<window.size).map { filter.values[$0 * output[3] + channel] }
      let sums = products.multiply(column, weights, rows: pixels, inner: window.size, columns: 1)
      for pixel in 0..<pixels { values[pixel * output[3] + channel] = sums[pixel] }
    }
    attributes.activation.finish(
      &values, bias: inputs.count > 2 ? inputs[2] : nil, channels: output[3])
    return [RealTensor(output, values)]
  }

  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    if signature.isHybrid { return signature.hybridErrorBound(inputs, axis: 3) }
    let filter = signature.input(1).shape
    return signature.productErrorBound(inputs, terms: filter[1] * filter[2])
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(reading: RandomConvolution.operand(using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard let draw = RandomConvolution(reading: type, using: &generator) else { return nil }
    let channels = type.shape[3] * Int.random(in: 1...3, using: &generator)
    let filter = Shape(1, draw.window[0], draw.window[1], channels)
    return draw.example(
      DepthwiseConv2D(attributes: draw.attributes), filter: filter, axis: 3, channels: channels,
      using: &generator)
  }
}

private struct DepthwiseTaps: ProductTaps {
  let window: Window2D
  let multiplier: Int
  /// Output channels.
  let channels: Int

  @inline(__always)
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, _ weights: Weights, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) {
    let input = call.input(0).cells
    let (depths, outputDepths) = (call.input(0).axes[3], sums.axes[3])
    window.forEachPixel(call, into: sums) { inputStart, sumStart, taps in
      for channel in call.region[3] {
        let place = sums.cells[sumStart &+ outputDepths.offset(channel)]
        var sum = fresh ? arithmetic.zero(of: channel) : arithmetic.load(place)
        let inputChannel = channel / multiplier
        if call.reduce[3].contains(inputChannel) {
          let start = inputStart &+ depths.offset(inputChannel)
          for index in taps.indices {
            sum = arithmetic.add(
              input[start &+ taps[index].offset], times: weights, base: channel,
              position: taps[index].position &* channels, to: sum)
          }
        }
        arithmetic.store(sum, to: place)
      }
    }
  }
}

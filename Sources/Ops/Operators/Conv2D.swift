package import Tensor

/// CONV_2D: a two-dimensional convolution.
///
/// Input NHWC, filter OHWI, bias O, output NHWC. int8, or int16 with filters of int8, the filters per tensor
/// or per output channel; uint8, float32; hybrid (see `HybridProducts`).
package struct Conv2D: Operator {
  package static let builtins = [
    Builtin("CONV_2D", 3, options: 1, versions: [.int8: 3, .int16: 4])
  ]
  package static let countsMACs = true

  /// Stride, dilation, padding and activation.
  package let attributes: ConvolutionAttributes

  init(attributes: ConvolutionAttributes) { self.attributes = attributes }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(attributes: try ConvolutionAttributes(options, slots: .conv2D))
  }

  package var options: OptionValues { attributes.options(.conv2D) }

  package func statedOptions(_ signature: Signature) -> OptionValues {
    options.adding(signature.statedBias(2, beside: 0), at: 6)
  }

  package func version(_ signature: Signature) -> Int {
    if signature.isHybrid { return signature.hasWeightScales ? 5 : 2 }
    if signature.hasPackedWeights { return 7 }
    if signature.statedBias(2, beside: 0) != nil { return 8 }
    return builtin.version(for: signature.input(0).element)
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    let filter = try attributes.check(signature)
    let input = signature.input(0).shape
    guard filter[3] == input[3] else {
      throw OperatorError(
        // Grouped convolution has a filter of fewer channels than the input.
        input[3] % filter[3] == 0 ? .unsupported : .invalid, .operand(1),
        expected: "\(input[3]) input channels", found: "\(filter[3])")
    }
    try signature.requireWeights(axis: 0, channels: filter[0], mayBeMixed: true)
    if signature.isHybrid { try requireHybrid(signature) }
    try attributes.checkOutput(signature, channels: filter[0])
  }

  /// Throws unless LiteRT's hybrid kernel takes the filters, and the bias that it cannot do without.
  private func requireHybrid(_ signature: Signature) throws(OperatorError) {
    guard signature.constant(2) != nil else {
      throw OperatorError(
        .unsupported, .operand(2), expected: "a bias beside hybrid filters", found: "none")
    }
    if signature.sharesWeightScale {
      try signature.requireExactHybridProducts(isSymmetric: true)
    }
  }

  /// LiteRT wants a bias.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile == .tflm
      ? !signature.isUnsigned && !signature.isHybrid
      : signature.inputs.count == 3 && signature.inputs[2] != nil
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    signature.hybridAccess(products(signature), rowsEndAt: 1)
  }

  /// The tiling rule of the sums of products.
  private func products(_ signature: Signature) -> Access {
    let window = attributes.window(signature)
    var operands: [[AxisAccess]] = [
      [.window(axis: 0), window.height.access(axis: 1), window.width.access(axis: 2), .reduced],
      [.window(axis: 3), .reduced, .reduced, .reduced],
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
      arrays: MicroMemory.channelArrays(signature.input(1).shape[0]),
      scratch: signature.unpackedWeights)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    if signature.isHybrid {
      let isSymmetric = signature.sharesWeightScale
      return HybridProducts(
        signature, access(signature, output: 0), window: attributes.window(signature), axis: 0,
        isSymmetric: isSymmetric, scaleOrder: isSymmetric ? .scalesFirst : .weightScaleFirst,
        activation: attributes.activation)
    }
    return Conv2DTaps(window: attributes.window(signature), depth: signature.input(1).shape[3])
      .kernel(
        for: signature, channels: signature.outputs[0].shape[3],
        activation: attributes.activation, rounding: .twice)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let filter = inputs[1] else {
      preconditionFailure("a convolution has an input and a filter")
    }
    let window = attributes.window(signature)
    let output = signature.outputs[0].shape
    let inner = window.size * input.shape[3]
    let pixels = output[0] * output[1] * output[2]
    let patches = window.patches(of: input, output: output)
    // OHWI as rows of one output channel each: patches times the transposed filter.
    var transposed = [Double](repeating: 0, count: filter.values.count)
    for channel in 0..<output[3] {
      for index in 0..<inner {
        transposed[index * output[3] + channel] = filter.values[channel * inner + index]
      }
    }
    var values = products.multiply(
      patches, transposed, rows: pixels, inner: inner, columns: output[3])
    attributes.activation.finish(
      &values, bias: inputs.count > 2 ? inputs[2] : nil, channels: output[3])
    return [RealTensor(output, values)]
  }

  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    signature.isHybrid
      ? signature.hybridErrorBound(inputs, axis: 0)
      : signature.productErrorBound(inputs, terms: signature.input(1).shape.strides[0])
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(reading: RandomConvolution.operand(using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard let draw = RandomConvolution(reading: type, using: &generator) else { return nil }
    let channels = Int.random(in: 1...5, using: &generator)
    let filter = Shape(channels, draw.window[0], draw.window[1], type.shape[3])
    return draw.example(
      Conv2D(attributes: draw.attributes), filter: filter, axis: 0, channels: channels,
      using: &generator)
  }
}

private struct Conv2DTaps: ProductTaps {
  let window: Window2D
  /// Input channels.
  let depth: Int

  @inline(__always)
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, _ weights: Weights, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) {
    let input = call.input(0).cells
    let (depths, outputDepths) = (call.input(0).axes[3], sums.axes[3])
    // Where channels share a form there is one sum for all of them.
    let quads = arithmetic.channelsShareForms ? 0 : call.region[3].count / 4
    let singles = call.region[3].dropFirst(4 * quads)
    window.forEachPixel(call, into: sums) { inputStart, sumStart, taps in
      for quad in 0..<quads {
        addTaps(
          taps, of: input, from: inputStart, call.reduce[3], depths, weights,
          to: sums.cells, from: sumStart, outputDepths,
          channel: call.region[3].lowerBound &+ 4 &* quad, fresh: fresh, in: arithmetic)
      }
      var form: A.Sum?
      for channel in singles {
        let place = sums.cells[sumStart &+ outputDepths.offset(channel)]
        let before = fresh ? arithmetic.zero(of: channel) : arithmetic.load(place)
        let slab = channel &* window.size &* depth
        let sum = arithmetic.extend(before, sharing: &form) { before in
          var sum = before
          for index in taps.indices {
            let start = inputStart &+ taps[index].offset
            let position = taps[index].position &* depth
            for inputChannel in call.reduce[3] {
              sum = arithmetic.add(
                input[start &+ depths.offset(inputChannel)], times: weights, base: slab,
                position: position &+ inputChannel, to: sum)
            }
          }
          return sum
        }
        arithmetic.store(sum, to: place)
      }
    }
  }

  /// Adds the taps of one window to the sums of `channel` and the three after it.
  ///
  /// Each sum has its terms in the order that it has alone; but the four do not wait for one another.
  @inline(__always)
  private func addTaps<A: SumArithmetic>(
    _ taps: UnsafeMutableBufferPointer<Tap>, of input: Cells, from inputStart: Int,
    _ inputChannels: Range<Int>, _ depths: AxisMap, _ weights: Weights, to sums: Cells,
    from sumStart: Int, _ outputDepths: AxisMap, channel: Int, fresh: Bool, in arithmetic: A
  ) {
    let slab = window.size &* depth
    func place(_ number: Int) -> ElementPlace {
      sums[sumStart &+ outputDepths.offset(channel &+ number)]
    }
    func before(_ number: Int) -> A.Sum {
      fresh ? arithmetic.zero(of: channel &+ number) : arithmetic.load(place(number))
    }
    var (first, second, third, fourth) = (before(0), before(1), before(2), before(3))
    let isDense = !depths.isRing && depths.stride == 1
    for index in taps.indices {
      let start = inputStart &+ taps[index].offset
      let position = taps[index].position &* depth
      let base = channel &* slab
      for inputChannel in inputChannels {
        // What the compiler knows to lie side by side it reads together.
        let offset = isDense ? inputChannel &- depths.low : depths.offset(inputChannel)
        let (element, tap) = (input[start &+ offset], position &+ inputChannel)
        first = arithmetic.add(element, times: weights, base: base, position: tap, to: first)
        second = arithmetic.add(
          element, times: weights, base: base &+ slab, position: tap, to: second)
        third = arithmetic.add(
          element, times: weights, base: base &+ 2 &* slab, position: tap, to: third)
        fourth = arithmetic.add(
          element, times: weights, base: base &+ 3 &* slab, position: tap, to: fourth)
      }
    }
    arithmetic.store(first, to: place(0))
    arithmetic.store(second, to: place(1))
    arithmetic.store(third, to: place(2))
    arithmetic.store(fourth, to: place(3))
  }
}

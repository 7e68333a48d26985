package import Tensor

/// TRANSPOSE_CONV: each input pixel times a filter, the products added where the filter lies around
/// its place in the output.
///
/// Operands: output shape (int32[4]), filter OHWI, input NHWC, bias O; output NHWC. The output's shape
/// is what the file says: as in the reference implementations, an operand that is computed at run time
/// changes nothing. int8, or int16 with filters of int8, the filters per tensor or per output channel;
/// uint8, float32.
package struct TransposeConv: Operator {
  package static let builtins = [Builtin("TRANSPOSE_CONV", 67, options: 49, versions: [.int8: 2])]
  package static let countsMACs = true

  /// Output rows between neighbouring input rows.
  package let strideHeight: Int
  /// Output columns between neighbouring input columns.
  package let strideWidth: Int
  /// How far filters reach past the output's edge.
  package let padding: Padding
  /// The range that results are clamped to.
  package let activation: Activation

  init(strideHeight: Int, strideWidth: Int, padding: Padding, activation: Activation) {
    self.strideHeight = strideHeight
    self.strideWidth = strideWidth
    self.padding = padding
    self.activation = activation
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(
      strideHeight: try ConvolutionAttributes.positive(options, slot: 2, default: 0),
      strideWidth: try ConvolutionAttributes.positive(options, slot: 1, default: 0),
      padding: try Padding(options, slot: 0), activation: try Activation(options, slot: 3))
  }

  package var options: OptionValues {
    OptionValues([
      0: .int8(padding.rawValue), 1: .int32(Int32(strideWidth)), 2: .int32(Int32(strideHeight)),
      3: .int8(activation.rawValue),
    ])
  }

  package func statedOptions(_ signature: Signature) -> OptionValues {
    options.adding(signature.statedBias(3, beside: 2), at: 4)
  }

  package func version(_ signature: Signature) -> Int {
    if signature.statedBias(3, beside: 2) != nil { return 5 }
    if activation != .none { return 4 }
    let hasBias = signature.inputs.count > 3 && signature.inputs[3] != nil
    return hasBias ? 3 : builtin.version(for: signature.input(1).element)
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 3...4, required: 3)
    try signature.requireElement(operand: 2, [.int8, .uint8, .int16, .float32])
    try signature.requireElement(output: 0, [signature.input(2).element])
    try signature.requireRank(operand: 1, 4)
    try signature.requireRank(operand: 2, 4)
    let (filter, input) = (signature.input(1).shape, signature.input(2).shape)
    let shape = signature.input(0)
    guard shape.element == .int32, shape.shape.count == 4 else {
      throw OperatorError(.invalid, .operand(0), expected: "4 of int32", found: "\(shape)")
    }
    let output = signature.outputs[0].shape
    if signature.constant(0) != nil {
      try signature.requireOutput(shape: signature.constantIntegers(0, count: 4))
    }
    guard output.rank == 4, output.count > 0, output[0] == input[0], output[3] == filter[0],
      filter[3] == input[3]
    else {
      throw OperatorError(
        .invalid, .output(0),
        expected: "[\(input[0]), height, width, \(filter[0])], of \(filter[3]) input channels",
        found: "\(output) of \(input[3])")
    }
    do {
      try products(signature).requireWeights(axis: 0, channels: filter[0])
    } catch {
      throw error.renumbered([2, 1, 3])
    }
  }

  /// Input, filter and bias in the order of other convolutions.
  private func products(_ signature: Signature) -> Signature {
    let bias = signature.inputs.count > 3 ? [signature.inputs[3]] : []
    return Signature(
      inputs: [signature.inputs[2], signature.inputs[1]] + bias, outputs: signature.outputs)
  }

  private func window(_ signature: Signature) -> Window2D {
    let (filter, output) = (signature.input(1).shape, signature.outputs[0].shape)
    return Window2D(
      height: Window(
        size: filter[1], stride: strideHeight, dilation: 1, padding: padding, extent: output[1]),
      width: Window(
        size: filter[2], stride: strideWidth, dilation: 1, padding: padding, extent: output[2]))
  }

  /// TensorFlow Lite Micro takes biases of codes of 16 bits as 64 bits.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let isNarrow = signature.input(2).element == .int16 && signature.hasBias(3, of: .int32)
    return profile != .tflm || !signature.isUnsigned && !isNarrow
  }

  /// Operand 0 states the shape of the result.
  package func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? {
    operand == 0
      ? ElementType.int32.bytes(of: signature.outputs[0].shape.extents.map { Int32($0) }) : nil
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    let window = window(signature)
    return Access(
      [
        [AxisAccess](repeating: .whole, count: signature.input(0).shape.rank),
        [.window(axis: 3), .reduced, .reduced, .reduced],
        [
          .window(axis: 0), window.height.transposedAccess(axis: 1),
          window.width.transposedAccess(axis: 2), .reduced,
        ],
      ] + products(signature).biasAccess(axis: 3), signature: signature, summing: 2)
  }

  /// The sums of all results of codes.
  package func microMemory(_ signature: Signature) -> MicroMemory {
    let width: Int? =
      switch signature.input(2).element {
      case .int8: 4
      case .int16: 8
      default: nil
      }
    return MicroMemory(
      attributes: 20, data: 72, wideData: 80,
      arrays: MicroMemory.channelArrays(signature.input(1).shape[0]),
      scratch: width.map { [$0 * signature.outputs[0].shape.count] } ?? [])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    TransposeConvTaps(window: window(signature), input: signature.input(2).shape)
      .kernel(
        for: products(signature), channels: signature.outputs[0].shape[3],
        activation: activation, rounding: .twice)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let filter = inputs[1], let input = inputs[2] else {
      preconditionFailure("a convolution has an input and a filter")
    }
    let window = window(signature)
    let output = signature.outputs[0].shape
    let (depth, taps) = (input.shape[3], window.size * output[3])
    // Each input pixel times every tap of every output channel: rows of depth by columns of taps.
    var columns = [Double](repeating: 0, count: depth * taps)
    for tap in 0..<taps {
      for channel in 0..<depth {
        columns[channel * taps + tap] = filter.values[tap * depth + channel]
      }
    }
    let pixels = input.values.count / depth
    let spread = products.multiply(
      input.values, columns, rows: pixels, inner: depth, columns: taps)
    var values = [Double](repeating: 0, count: output.count)
    for pixel in 0..<pixels {
      let place = input.shape.coordinate(at: pixel * depth)
      for tap in 0..<taps {
        let (channel, position) = tap.quotientAndRemainder(dividingBy: window.size)
        let y = window.height.coordinate(at: place[1], tap: position / window.width.size)
        let x = window.width.coordinate(at: place[2], tap: position % window.width.size)
        guard (0..<output[1]).contains(y), (0..<output[2]).contains(x) else { continue }
        values[output.index(of: [place[0], y, x, channel])] += spread[pixel * taps + tap]
      }
    }
    activation.finish(&values, bias: inputs.count > 3 ? inputs[3] : nil, channels: output[3])
    return [RealTensor(output, values)]
  }

  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    products(signature).productErrorBound(
      [inputs[2], inputs[1], inputs.count > 3 ? inputs[3] : nil],
      terms: signature.input(1).shape.strides[0])
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    var example = drawn(
      reading: .randomMap(
        [.int8, .int8, .uint8, .int16, .float32], extents: 1...5, centered: .int16,
        using: &generator),
      using: &generator)
    if Bool.random(using: &generator) { example.signature.inputs[0]?.constant = nil }
    return example
  }

  /// With a constant shape of the result.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let input = type.shape
    guard input.rank == 4 else { return nil }
    func extent(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    let operation = TransposeConv(
      strideHeight: extent(1...3), strideWidth: extent(1...3),
      padding: Padding.allCases.randomElement(using: &generator) ?? .same,
      activation: Activation.allCases.randomElement(using: &generator) ?? .none)
    let channels = extent(1...4)
    let filter = Shape(channels, extent(1...4), extent(1...4), input[3])
    let weights = RandomWeights(
      shape: filter, axis: 0, channels: channels, input: type, using: &generator)
    // What a convolution with these strides would make the input of.
    func outputExtent(_ input: Int, _ stride: Int, _ size: Int) -> Int {
      operation.padding == .same ? input * stride : (input - 1) * stride + size
    }
    let output = Shape(
      input[0], outputExtent(input[1], operation.strideHeight, filter[1]),
      outputExtent(input[2], operation.strideWidth, filter[2]), channels)
    let shape = TensorType(.int32, Shape(4))
    return Example(
      operation,
      Signature(
        inputs: [
          Operand(shape, constant: Bytes(copying: output.extents.map { Int32($0) })),
          weights.operands[0], Operand(type), weights.operands[1],
        ],
        outputs: [
          weights.outputType(output, terms: filter.count / channels, using: &generator)
        ]))
  }
}

private struct TransposeConvTaps: ProductTaps {
  /// How the filter moves over the output.
  let window: Window2D
  let input: Shape

  @inline(__always)
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, _ weights: Weights, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) {
    let source = call.input(2)
    let (depths, outputDepths, depth) = (source.axes[3], sums.axes[3], input[3])
    let rows = call.reduce[1].clamped(to: 0..<input[1])
    let columns = call.reduce[2].clamped(to: 0..<input[2])
    for batch in call.region[0] {
      let isCounted = call.reduce[0].contains(batch)
      for y in call.region[1] {
        let inputRows = isCounted ? window.height.positions(over: y).clamped(to: rows) : 0..<0
        for x in call.region[2] {
          let inputColumns = window.width.positions(over: x).clamped(to: columns)
          var form: A.Sum?
          for channel in call.region[3] {
            let place = sums.cells[
              sums.axes[0].offset(batch) &+ sums.axes[1].offset(y) &+ sums.axes[2].offset(x)
                &+ outputDepths.offset(channel)]
            let before = fresh ? arithmetic.zero(of: channel) : arithmetic.load(place)
            let slab = channel &* window.size &* depth
            let sum = arithmetic.extend(before, sharing: &form) { before in
              var sum = before
              for row in inputRows {
                let tapRow = y &- window.height.coordinate(at: row, tap: 0)
                let rowStart = source.axes[0].offset(batch) &+ source.axes[1].offset(row)
                for column in inputColumns {
                  let tapColumn = x &- window.width.coordinate(at: column, tap: 0)
                  let position = (tapRow &* window.width.size &+ tapColumn) &* depth
                  let start = rowStart &+ source.axes[2].offset(column)
                  for inputChannel in call.reduce[3] {
                    sum = arithmetic.add(
                      source.cells[start &+ depths.offset(inputChannel)], times: weights,
                      base: slab, position: position &+ inputChannel, to: sum)
                  }
                }
              }
              return sum
            }
            arithmetic.store(sum, to: place)
          }
        }
      }
    }
  }
}

package import Tensor

/// FULLY_CONNECTED: each row of the input times a matrix of weights.
///
/// Weights [outputs, inputs]; the input is read as rows of `inputs` elements, whatever its axes, so
/// that a feature map is one row. int8, or int16 with weights of int8, the weights per tensor or per output
/// channel; uint8, float32; hybrid (see `HybridProducts`). Weights may be computed but of a hybrid layer.
package struct FullyConnected: Operator {
  package static let builtins = [
    Builtin("FULLY_CONNECTED", 9, options: 8, versions: [.int8: 4, .int16: 7])
  ]
  package static let countsMACs = true

  /// The range that results are clamped to.
  package let activation: Activation
  /// Whether the output keeps the input's axes but the last.
  package let keepsAxes: Bool
  /// Whether the codes of a hybrid layer's rows have a zero point.
  package let quantizesAsymmetrically: Bool

  init(activation: Activation, keepsAxes: Bool, quantizesAsymmetrically: Bool) {
    self.activation = activation
    self.keepsAxes = keepsAxes
    self.quantizesAsymmetrically = quantizesAsymmetrically
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(
      activation: try Activation(options, slot: 0), keepsAxes: try options.bool(2, default: false),
      quantizesAsymmetrically: try options.bool(3, default: false))
    guard try options.int8(1, default: 0) == 0 else {
      throw OptionError(
        .unsupported, slot: 1, expected: "unshuffled weights (format 0), not shuffled ones")
    }
  }

  package var options: OptionValues {
    OptionValues([
      0: .int8(activation.rawValue), 2: .bool(keepsAxes), 3: .bool(quantizesAsymmetrically),
    ])
  }

  package func statedOptions(_ signature: Signature) -> OptionValues {
    options.adding(signature.statedBias(2, beside: 0), at: 4)
  }

  package func version(_ signature: Signature) -> Int {
    if signature.isHybrid && signature.hasWeightScales { return 12 }
    if signature.hasPackedWeights { return 10 }
    if signature.statedBias(2, beside: 0) != nil { return 11 }
    let byType = builtin.version(for: signature.input(0).element)
    let byForm = signature.inputs.count == 2 ? 6 : keepsAxes ? 5 : 1
    let byRows = signature.isHybrid ? quantizesAsymmetrically ? 9 : 3 : 1
    return max(byType, byForm, byRows)
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 2...3, required: 2)
    try signature.requireElement(operand: 0, [.int8, .uint8, .int16, .float32])
    try signature.requireElement(output: 0, [signature.input(0).element])
    try signature.requireRank(operand: 1, 2)
    let (input, weights) = (signature.input(0).shape, signature.input(1).shape)
    guard input.rank > 0, input.count > 0, input.count % weights[1] == 0 else {
      throw OperatorError(
        .invalid, .operand(0), expected: "rows of \(weights[1]) elements",
        found: "\(input.count) elements")
    }
    guard splitAxis(signature) != nil else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "axes that end where a row of \(weights[1]) ends",
        found: "\(input)")
    }
    try signature.requireWeights(
      axis: 0, channels: weights[0], mayBeMixed: true, mayBeComputed: !signature.isHybrid,
      mayBeShifted: !signature.isHybrid)
    if signature.isHybrid {
      try signature.requireExactHybridProducts(isSymmetric: !quantizesAsymmetrically)
    }
    try signature.requireRange(of: activation)
    try signature.requireOutput(
      shape: keepsAxes
        ? input.extents.dropLast() + [weights[0]] : [input.count / weights[1], weights[0]])
  }

  /// Both refuse a bias beside weights of one scale whose own is off by more than a fiftieth of a result's step.
  ///
  /// Source: TensorFlow Lite, `GetQuantizedConvolutionMultipler`.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    if profile == .tflm, signature.isUnsigned || signature.isHybrid { return false }
    if profile == .tflm, signature.hasPackedWeights, signature.hasWeightScales { return false }
    guard let scales = signature.pairScales, !signature.hasWeightScales, signature.inputs.count > 2,
      let bias = signature.inputs[2]
    else { return true }
    let scale = Double(bias.type.quantization?.scales[0] ?? 0)
    return abs(scales.left * scales.right - scale) / scales.output <= 0.02
  }

  /// The input axis from which on a row extends; `nil` where rows end inside an axis.
  private func splitAxis(_ signature: Signature) -> Int? {
    let (input, inner) = (signature.input(0).shape, signature.input(1).shape[1])
    if keepsAxes { return input[input.rank - 1] == inner ? input.rank - 1 : nil }
    // The earliest axis, so that leading axes of extent 1 are part of the row as well.
    return (0..<input.rank).first { axis in
      input.extents[axis...].reduce(1, *) == inner
        && (axis <= 1 || input.extents[..<axis].count { $0 > 1 } <= 1)
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    signature.hybridAccess(products(signature), rowsEndAt: splitAxis(signature) ?? 0)
  }

  /// The tiling rule of the sums of products.
  private func products(_ signature: Signature) -> Access {
    let input = signature.input(0).shape
    let split = splitAxis(signature) ?? 0
    let outputRank = signature.outputs[0].shape.rank
    // Without kept axes at most one axis before the split has several rows.
    let rows: [AxisAccess] = (0..<split).map { axis in
      keepsAxes ? .window(axis: axis) : input[axis] > 1 ? .window(axis: 0) : .fixed(0)
    }
    var operands: [[AxisAccess]] = [
      rows + [AxisAccess](repeating: .reduced, count: input.rank - split),
      [.window(axis: outputRank - 1), .reduced],
    ]
    operands += signature.biasAccess(axis: outputRank - 1)
    return Access(operands, signature: signature)
  }

  /// A hybrid layer, though it does not sum in parts, multiplies as often as another.
  package func macs(
    _ signature: Signature, _ access: Access, output: Int, over region: Region, reduce: Region
  ) -> Int {
    (signature.isHybrid ? products(signature) : access).tapCount(for: region, reduce: reduce)
  }

  package func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .inOrder }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    let scales = signature.input(1).quantization?.scales.count ?? 0
    return MicroMemory(
      attributes: 16, data: 48, wideData: 64,
      arrays: scales > 1 ? MicroMemory.channelArrays(scales) : [],
      scratch: signature.unpackedWeights)
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    if signature.isHybrid {
      return HybridProducts(
        signature, access(signature, output: 0), window: nil, axis: 0,
        isSymmetric: !quantizesAsymmetrically, scaleOrder: .scalesFirst, activation: activation)
    }
    // One of the two references has a kernel for uint8.
    let rounding =
      signature.input(0).element == .uint8
      ? Profile.litert.fullyConnectedRounding : profile.fullyConnectedRounding
    return FullyConnectedTaps(input: signature.input(0).shape, split: splitAxis(signature) ?? 0)
      .kernel(
        for: signature, channels: signature.input(1).shape[0], activation: activation,
        rounding: rounding)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    guard let input = inputs[0], let weights = inputs[1] else {
      preconditionFailure("a fully connected layer has an input and weights")
    }
    let (channels, inner) = (weights.shape[0], weights.shape[1])
    let rows = input.values.count / inner
    // Rows of weights times columns of inputs, so that neither matrix is rearranged twice.
    let columns = (0..<inner * rows).map { input.values[$0 % rows * inner + $0 / rows] }
    let sums = products.multiply(
      weights.values, columns, rows: channels, inner: inner, columns: rows)
    let bias = inputs.count > 2 ? inputs[2] : nil
    let range = activation.realRange
    let values = (0..<rows * channels).map { index in
      let channel = index % channels
      let sum = sums[channel * rows + index / channels] + (bias?.values[channel] ?? 0)
      return min(max(sum, range.lowerBound), range.upperBound)
    }
    return [RealTensor(signature.outputs[0].shape, values)]
  }

  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double {
    signature.isHybrid
      ? signature.hybridErrorBound(inputs, axis: 0)
      : signature.productErrorBound(inputs, terms: signature.input(1).shape[1])
  }

  package static func random(using generator: inout SplitMix64) -> Example {
    let type = TensorType.random(
      [.int8, .int8, .uint8, .int16, .float32], axes: 2...4, extents: 1...5, centered: .int16,
      using: &generator)
    return drawn(reading: type, using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    let extents = type.shape.extents
    guard (2...4).contains(extents.count) else { return nil }
    let keepsAxes = Bool.random(using: &generator)
    let inner = keepsAxes ? extents[extents.count - 1] : extents[1...].reduce(1, *)
    let channels = Int.random(in: 1...6, using: &generator)
    let isHybrid = type.element == .float32 && Bool.random(using: &generator)
    let weights =
      isHybrid
      ? RandomWeights(
        hybrid: Shape(channels, inner), axis: 0, channels: channels,
        isPerChannel: Bool.random(using: &generator), hasBias: Bool.random(using: &generator),
        using: &generator)
      : RandomWeights(
        shape: Shape(channels, inner), axis: 0, channels: channels, input: type,
        mayBePacked: true, using: &generator)
    let output = keepsAxes ? extents.dropLast() + [channels] : [extents[0], channels]
    var operands = weights.operands
    if !isHybrid, var operand = operands[0], Int.random(in: 0..<4, using: &generator) == 0 {
      if operand.type.element == .int8, operand.type.quantization?.isPerTensor ?? false {
        operand.type.quantization = Quantization(
          scale: operand.type.quantization?.scales[0] ?? 1,
          zeroPoint: Int32.random(in: -128...127, using: &generator))
      }
      if operand.type.element != .int4 && Bool.random(using: &generator) { operand.constant = nil }
      operands[0] = operand
    }
    return Example(
      FullyConnected(
        activation: Activation.allCases.randomElement(using: &generator) ?? .none,
        keepsAxes: keepsAxes, quantizesAsymmetrically: isHybrid && Bool.random(using: &generator)),
      Signature(
        inputs: [Operand(type)] + operands,
        outputs: [
          weights.outputType(
            Shape(checking: output) ?? Shape(1), terms: inner, using: &generator)
        ]))
  }
}

private struct FullyConnectedTaps: ProductTaps {
  let input: Shape
  /// The input axis from which on a row extends.
  let split: Int

  @inline(__always)
  func accumulate<A: SumArithmetic>(
    _ call: KernelCall, _ weights: Weights, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) {
    let inputView = call.input(0)
    let computed = call.input(1).cells.isConstant ? nil : call.input(1)
    let strides = input.strides
    let inner = split == 0 ? input.count : strides[split - 1]
    let last = input.rank - 1
    let outputAxis = call.region.rank - 1
    let depths = inputView.axes[last]
    let outputDepths = sums.axes[outputAxis]
    let part = Region(Array(call.reduce.ranges[split...]))
    call.region.forEachRow { start in
      // The coordinates before the split are those of the output row, flattened or not.
      var inputStart = 0
      var counted = true
      for axis in 0..<split {
        let coordinate =
          outputAxis == split ? start[axis] : input[axis] > 1 ? start[0] : 0
        counted = counted && call.reduce[axis].contains(coordinate)
        inputStart &+= inputView.axes[axis].offset(coordinate)
      }
      let sumStart = sums.rowStart(start)
      var form: A.Sum?
      for channel in call.region[outputAxis] {
        let place = sums.cells[sumStart &+ outputDepths.offset(channel)]
        let before = fresh ? arithmetic.zero(of: channel) : arithmetic.load(place)
        let addTaps = { (before: A.Sum) -> A.Sum in
          var sum = before
          guard counted else { return sum }
          let channelStart = computed?.axes[0].offset(channel) ?? 0
          part.forEachRow { row in
            var (rowStart, position) = (inputStart, 0)
            for axis in split..<last {
              rowStart &+= inputView.axes[axis].offset(row[axis - split])
              position &+= row[axis - split] &* strides[axis]
            }
            guard let computed else {
              for coordinate in part[last - split] {
                sum = arithmetic.add(
                  inputView.cells[rowStart &+ depths.offset(coordinate)], times: weights,
                  base: channel &* inner, position: position &+ coordinate, to: sum)
              }
              return
            }
            for coordinate in part[last - split] {
              let offset = channelStart &+ computed.axes[1].offset(position &+ coordinate)
              sum = arithmetic.add(
                inputView.cells[rowStart &+ depths.offset(coordinate)],
                minus: weights.elementZeroPoint, times: computed.cells[offset],
                minus: weights.weightZeroPoint, to: sum)
            }
          }
          return sum
        }
        // Only what constants are multiplied with is the same for all channels.
        let sum =
          computed == nil
          ? arithmetic.extend(before, sharing: &form, addTaps) : addTaps(before)
        arithmetic.store(sum, to: place)
      }
    }
  }
}

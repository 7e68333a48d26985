internal import Tensor

extension Signature {
  /// Throws unless the weights (operand 1) and the bias (operand 2, optional) fit operand 0 and
  /// `channels` output channels along the weights' `axis`.
  ///
  /// Weights have the type of operand 0, or int8 beside int16; in an operator where they `mayBeMixed` also int4
  /// beside int8, and int8 beside floats. They are constants unless they may be computed; those of one scale have
  /// zero point 0 unless they may be shifted. The bias is int32 beside codes; beside int16 it may be int64.
  func requireWeights(
    axis: Int, channels: Int, mayBeMixed: Bool = false, mayBeComputed: Bool = false,
    mayBeShifted: Bool = false
  ) throws(OperatorError) {
    let (element, weights) = (input(0).element, input(1))
    let weight: ElementType = element == .int16 || mayBeMixed && isHybrid ? .int8 : element
    let mayBePacked = mayBeMixed && element == .int8
    guard weights.element == weight || mayBePacked && weights.element == .int4 else {
      throw OperatorError(
        .unsupported, .operand(1), expected: "\(weight)", found: "\(weights.element)")
    }
    guard mayBeComputed && weights.element != .int4 || constant(1) != nil else {
      throw OperatorError(
        .unsupported, .operand(1), expected: "constant weights", found: "some computed at run time")
    }
    if weight != .float32 {
      try requireWeightScales(axis: axis, channels: channels, mayBeShifted: mayBeShifted)
    }
    if element != .float32 { try requireFactors() }
    guard inputs.count > 2, let bias = inputs[2] else { return }
    let words: [ElementType] =
      switch element {
      case .float32: [.float32]
      case .int16: [.int64, .int32]
      default: [.int32]
      }
    guard words.contains(bias.type.element), bias.type.shape.count == channels else {
      let names = words.map(\.rawValue).joined(separator: " or ")
      throw OperatorError(
        .invalid, .operand(2), expected: "\(channels) of \(names)", found: "\(bias.type)")
    }
    guard bias.constant != nil else {
      throw OperatorError(
        .unsupported, .operand(2), expected: "a constant bias", found: "one computed at run time")
    }
  }

  /// The type of sums of products of operand 0 and the weights.
  ///
  /// Beside int16 the bias says it; sums without one are the wider.
  var sumElement: ElementType {
    switch input(0).element {
    case .float32: .float32
    case .int16 where inputs.count < 3 || inputs[2]?.type.element != .int32: .int64
    default: .int32
    }
  }

  /// The codes of the bias, operand 2; `nil` without one.
  var biasCodes: [Int]? { constant(2)?.integers(of: input(2).element) }

  /// Throws unless codes of weights have scales, and zero points, that the kernels take.
  private func requireWeightScales(
    axis: Int, channels: Int, mayBeShifted: Bool
  ) throws(OperatorError) {
    let weights = input(1)
    guard let quantization = weights.quantization,
      quantization.isPerTensor
        || (quantization.axis == axis && quantization.scales.count == channels)
    else {
      throw OperatorError(
        .invalid, .operand(1), expected: "one scale, or \(channels) along axis \(axis)",
        found: weights.quantization.map { "\($0.scales.count) along axis \($0.axis)" }
          ?? "no quantization")
    }
    if weights.element == .uint8 {
      guard quantization.isPerTensor else {
        throw OperatorError(
          .unsupported, .operand(1), expected: "one scale for weights of uint8",
          found: "\(quantization.scales.count)")
      }
    } else if !(mayBeShifted && quantization.isPerTensor),
      let zeroPoint = quantization.zeroPoints.first(where: { $0 != 0 })
    {
      throw OperatorError(
        .unsupported, .operand(1), expected: "weights with zero point 0", found: "\(zeroPoint)")
    }
  }

  /// Throws unless multipliers stand for the scales of codes.
  private func requireFactors() throws(OperatorError) {
    guard let quantization = input(1).quantization else { return }
    let (scale, step) = (input(0).quantization?.scales[0], outputs[0].quantization?.scales[0])
    let factors = quantization.scales.map { Double(scale ?? 0) * Double($0) / Double(step ?? 0) }
    guard factors.allSatisfy(FixedPointMultiplier.isRepresentable) else {
      throw OperatorError(
        .invalid, .operand(1), expected: "input scale * weight scale / output scale below 2^30",
        found: "\(factors.map(abs).max() ?? 0)")
    }
    if sumElement == .int64, let factor = factors.first(where: { !(0..<0x1p7).contains($0) }) {
      throw OperatorError(
        .invalid, .operand(1),
        expected: "input scale * weight scale / output scale in 0..<2^7 beside 64-bit sums",
        found: "\(factor)")
    }
    try requireCentered(.int16)
  }

  /// The tiling rule of operand 2, the bias, if the operator has one: a word per coordinate of the
  /// output's `axis`, under any number of axes.
  func biasAccess(axis: Int) -> [[AxisAccess]] {
    inputs.dropFirst(2).map { operand in
      (operand?.type.shape.extents ?? []).map { $0 == 1 ? .fixed(0) : .window(axis: axis) }
    }
  }

  /// The largest distance between a clamped, biased sum of at most `terms` products and its real
  /// value: in steps of the output's codes, or in units where operands are floats.
  ///
  /// Codes: the shift rounds by half a step and the high multiply before it by another half at most.
  /// The multiplier is off by 2^-31 of its value, and so is the result: at most the clamped range of
  /// 2^8 codes plus what clamping hides. A bias whose float scale is a rounded product is off by
  /// 2^-23 of its share, and one in other steps by what they differ. Sums of 64 bits: rounded once; the multiplier, of 15 bits, is off by 2^-15 of
  /// its value, and so is a result of at most 2^15 codes. Floats: each of the products and sums is rounded to 2^-24 of a partial sum,
  /// which no sum of magnitudes exceeds.
  func productErrorBound(_ inputs: [RealTensor?], terms: Int) -> Double {
    func largest(_ index: Int) -> Double {
      index < inputs.count ? inputs[index]?.largestMagnitude ?? 0 : 0
    }
    let magnitude = Double(terms) * largest(0) * largest(1) + largest(2)
    guard outputs[0].element == .float32 else {
      let rounding = sumElement == .int64 ? 1.5 : 1
      let codes = outputs[0].element == .int16 ? 0x1p-14 : 0x1p-20
      let bias =
        0x1p-22 * largestBias { products, _ in products }
        + largestBias { products, own in abs(products - own) }
      return bound(rounding + codes + bias, reaching: magnitude)
    }
    return magnitude * Double(terms + 2) * 0x1p-23
  }

  /// The largest magnitude of a bias in output steps, of the size that `size` makes of the steps of the products and
  /// of the bias's own, by output channel; 0 without a bias.
  private func largestBias(_ size: (_ products: Double, _ own: Double) -> Double) -> Double {
    guard let bias = biasCodes, let weights = input(1).quantization,
      let scale = input(0).quantization?.scales[0], let step = outputs[0].quantization?.scales[0]
    else { return 0 }
    return bias.enumerated().map { channel, bias in
      let products = Double(scale) * Double(weights.scale(at: channel))
      let own = input(2).quantization.map { Double($0.scale(at: channel)) } ?? products
      return abs(Double(bias)) * size(products, own) / Double(step)
    }.max() ?? 0
  }
}

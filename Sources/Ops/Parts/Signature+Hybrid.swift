internal import Tensor

extension Signature {
  /// Whether floats are multiplied by weights of int8.
  var isHybrid: Bool {
    inputs.count > 1 && inputs[0]?.type.element == .float32 && inputs[1]?.type.element == .int8
  }

  /// The tiling rule of an operator that may be hybrid, given that of its sums of products.
  ///
  /// If it is hybrid, the axes of operand 0 from `axis` on are a row, read whole; nothing is summed in parts.
  func hybridAccess(_ products: Access, rowsEndAt axis: Int) -> Access {
    guard isHybrid else { return products }
    let row = products.operands[0].enumerated().map { $0 < axis ? $1 : .whole }
    let others = products.operands.dropFirst().map { $0.map { $0 == .reduced ? .whole : $0 } }
    return Access([row] + others, signature: self)
  }

  /// Whether the weights have one scale, or several that are equal.
  var sharesWeightScale: Bool {
    let scales = input(1).quantization?.scales ?? []
    return scales.allSatisfy { $0 == scales[0] }
  }

  /// Throws unless hybrid weights are such that the reference's product of matrices is exact: it takes -128
  /// times a code below 0 for a number below 0, and where codes have a zero point it adds up a row of
  /// weights in eight sums of 16 bits.
  ///
  /// Source: TensorFlow Lite, `SseMatrixBatchVectorMultiplyAccumulate` and `SseReductionSumVector`.
  func requireExactHybridProducts(isSymmetric: Bool) throws(OperatorError) {
    let weights = constant(1)?.elements(of: Int8.self) ?? []
    guard !weights.contains(-128) else {
      throw OperatorError(
        .unsupported, .operand(1), expected: "hybrid weights from -127 on", found: "-128")
    }
    let width = input(1).shape.strides[0]
    // Fewer weights cannot pass 16 bits.
    guard !isSymmetric, width >= 2064 else { return }
    for row in 0..<weights.count / width {
      var lanes = [Int](repeating: 0, count: 8)
      for column in 0..<width & ~7 {
        // Blocks of 16 are added in pairs; one of 8 may be left.
        let lane = column < width & ~15 ? column % 16 / 2 : column % 8
        lanes[lane] += Int(weights[row * width + column])
      }
      guard lanes.allSatisfy({ Int16(exactly: $0) != nil }) else {
        throw OperatorError(
          .unsupported, .operand(1), expected: "rows of weights whose eight sums take 16 bits",
          found: "\(lanes) in row \(row)")
      }
    }
  }

  /// The largest distance between a hybrid operator's clamped, biased sum and its real value; the weights'
  /// output channels are their `axis`.
  ///
  /// A code stands for a number within half a step: a row's numbers spread over 254 steps at least from the
  /// least to the largest of them and 0, so that a step is 1/127 of the largest magnitude at most. The
  /// quotient, of at most 255, is the product with an inverse, each rounded to 2^-24, as are the step and the
  /// sum with half of 1: 2^-12 of a step are more than all of that. That error is multiplied by each weight
  /// of a channel. The sum of the products of codes is exact; then it, the product of the scales, the
  /// product of both and the sum with the bias are rounded to 2^-24 each.
  func hybridErrorBound(_ inputs: [RealTensor?], axis: Int) -> Double {
    guard let input = inputs[0], let weights = inputs[1] else { return 0 }
    let (stride, channels) = (weights.shape.strides[axis], weights.shape[axis])
    var magnitudes = [Double](repeating: 0, count: channels)
    for (index, weight) in weights.values.enumerated() {
      magnitudes[index / stride % channels] += abs(weight)
    }
    let (number, sum) = (input.values.map(abs).max() ?? 0, magnitudes.max() ?? 0)
    let bias = inputs.count > 2 ? inputs[2]?.values.map(abs).max() ?? 0 : 0
    return sum * number / 127 * (0.5 + 0x1p-12) + (sum * number + bias) * 0x1p-21
  }
}

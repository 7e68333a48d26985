public import Ops
internal import Tensor

/// What a generator of examples should hit, now and then.
public enum GeneratorFeature: String, Hashable, Sendable, CaseIterable {
  case strideAboveOne, strideAboveWindow, dilation, oddSamePadding, windowOnPaddingAlone
  case extentOne, severalBatches, depthMultiplier, broadcast, scalesPerChannel
  case noBias, constantOperand
  case operandZeroPointLowest, operandZeroPointHighest
  case resultZeroPointLowest, resultZeroPointHighest
  /// A fused activation clamps at a code that the type has room below, or above.
  case clampsLow, clampsHigh
  /// Without an activation, results at the ends of the type's codes.
  case saturatesLow, saturatesHigh
}

extension GeneratorFeature {
  /// What one example hits; its operands are drawn from `seed`.
  public static func all(in example: Example, seed: UInt64) -> Set<GeneratorFeature> {
    var generator = SplitMix64(seed: seed)
    let signature = example.signature
    var found: Set<GeneratorFeature> = []
    func note(_ feature: GeneratorFeature, _ isHit: Bool) {
      if isHit { found.insert(feature) }
    }
    let access = example.operation.access(signature, output: 0)
    for (operand, axes) in access.operands.enumerated() {
      for (axis, entry) in axes.enumerated() {
        let extent = access.extents[operand][axis]
        note(.extentOne, extent == 1)
        switch entry {
        case .window(let outputAxis, let size, let stride, let dilation, let offset):
          let outputs = signature.outputs[0].shape[outputAxis]
          note(.strideAboveOne, stride > 1)
          note(.strideAboveWindow, stride > (size - 1) * dilation + 1)
          note(.dilation, dilation > 1 && size > 1)
          let excess = (outputs - 1) * stride + (size - 1) * dilation + 1 - extent
          note(.oddSamePadding, excess > 0 && excess % 2 == 1)
          for output in 0..<outputs {
            let first = output * stride + offset
            note(
              .windowOnPaddingAlone,
              !(0..<size).contains { (0..<extent).contains(first + $0 * dilation) })
          }
        case .scaled(_, let factor): note(.depthMultiplier, factor > 1)
        case .fixed: note(.broadcast, extent == 1 && signature.constant(operand) == nil)
        case .reduced, .whole: break
        }
      }
    }
    note(.severalBatches, signature.outputs[0].shape.extents.dropLast().first ?? 1 > 1)
    note(.noBias, signature.inputs.count > 2 && signature.inputs[2] == nil)
    note(.constantOperand, signature.inputs.contains { $0?.constant != nil })
    let operands = signature.inputs.compactMap { $0?.constant == nil ? $0?.type : nil }
    note(.operandZeroPointLowest, operands.contains { $0.zeroPoint(isAt: \.lowerBound) })
    note(.operandZeroPointHighest, operands.contains { $0.zeroPoint(isAt: \.upperBound) })
    note(.resultZeroPointLowest, signature.outputs.contains { $0.zeroPoint(isAt: \.lowerBound) })
    note(.resultZeroPointHighest, signature.outputs.contains { $0.zeroPoint(isAt: \.upperBound) })
    note(
      .scalesPerChannel,
      signature.inputs.contains { $0?.type.quantization.map { !$0.isPerTensor } ?? false })
    return found.union(ends(example, using: &generator))
  }

  /// Which ends of the codes, or of the clamped ones, results reach.
  private static func ends(
    _ example: Example, using generator: inout SplitMix64
  ) -> Set<GeneratorFeature> {
    let subject = LawSubject(example, profile: .tflm, contents: .uniform, using: &generator)
    guard let all = subject.type.element.codes, subject.type.quantization != nil,
      let activation = example.operation.activation
    else { return [] }
    let clamp = activation.codes(of: subject.type)
    let codes = Bytes(copying: subject.result(of: subject.whole)).codes(of: subject.type.element)
    var found: Set<GeneratorFeature> = []
    // A clamp to one code shows neither end.
    guard clamp.count > 1 else { return [] }
    if codes.contains(clamp.lowerBound) {
      if clamp.lowerBound > all.lowerBound { found.insert(.clampsLow) }
      if activation == .none { found.insert(.saturatesLow) }
    }
    if codes.contains(clamp.upperBound) {
      if clamp.upperBound < all.upperBound { found.insert(.clampsHigh) }
      if activation == .none { found.insert(.saturatesHigh) }
    }
    return found
  }
}

extension TensorType {
  /// Whether the tensor's zero point is an end of its codes.
  fileprivate func zeroPoint(isAt end: (ClosedRange<Int32>) -> Int32) -> Bool {
    guard let codes = element.codes, let zeroPoint = quantization?.zeroPoints[0] else {
      return false
    }
    return zeroPoint == end(codes)
  }
}

extension Operator {
  /// The activation among the operator's attributes, found by looking, so that no list of operators
  /// is needed.
  fileprivate var activation: Activation? {
    func find(_ value: Any, depth: Int) -> Activation? {
      if let activation = value as? Activation { return activation }
      guard depth > 0 else { return nil }
      return Mirror(reflecting: value).children.lazy
        .compactMap { find($0.value, depth: depth - 1) }.first
    }
    return find(self, depth: 2)
  }
}

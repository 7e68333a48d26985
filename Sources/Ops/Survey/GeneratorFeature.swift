internal import Tensor

/// What a generator of examples should hit, now and then.
package enum GeneratorFeature: String, Hashable, Sendable, CaseIterable {
  case strideAboveOne, strideAboveWindow, dilation, oddSamePadding, windowOnPaddingAlone
  case extentOne, severalBatches, depthMultiplier, broadcast, scalesPerChannel
  case noBias, constantOperand
  /// The type of an operand that is computed at run time.
  case uint8, int16, int32, int64, bool, float32
  /// Weights of int8 beside floats: per tensor, per channel.
  case hybridPerTensor, hybridPerChannel
  /// An attribute below 0, in the options or a constant operand: an axis counted from the end, a
  /// step backwards.
  case negativeAttribute
  case negativeStride, severalResults
  /// Coordinates before the first one of an axis, and behind the last.
  case paddingBefore, paddingBehind
  /// An operand of which some element of a result reads nothing.
  case unreadOperand
  /// One coordinate of several of an axis.
  case fixedCoordinate
  /// An axis whose coordinates are read again in another order: copied, or mirrored.
  case rereadAxis
  /// Axes that are summed; axes in another order than the result's.
  case summedAxis, reorderedAxes
  /// A result with fewer axes than operand 0, or more.
  case fewerAxes, moreAxes
  /// A result in larger steps than operand 0's, or in smaller ones.
  case coarserResult, finerResult
  case operandZeroPointLowest, operandZeroPointHighest
  case resultZeroPointLowest, resultZeroPointHighest
  /// A fused activation clamps at a code that the type has room below, or above.
  case clampsLow, clampsHigh
  /// Without an activation, results at the ends of the type's codes.
  case saturatesLow, saturatesHigh
  /// A fused activation.
  case relu, reluMinus1To1, relu6
  /// Codes of a computed tensor in steps below 2^-20, and above 2^20.
  case tinySteps, hugeSteps
}

extension GeneratorFeature {
  /// What one example hits, whatever its operands hold.
  package static func all(in example: Example) -> Set<GeneratorFeature> {
    let signature = example.signature
    let accesses = signature.outputs.indices.map {
      example.operation.access(signature, output: $0)
    }
    return all(in: example, accesses: accesses)
  }

  /// What one example with these tiling rules hits, whatever its operands hold.
  package static func all(in example: Example, accesses: [Access]) -> Set<GeneratorFeature> {
    var found = types(of: example).union(attributes(of: example))
    for (access, type) in zip(accesses, example.signature.outputs) {
      found.formUnion(self.accesses(access, example.signature, type.shape))
    }
    return found
  }

  /// Which ends of the codes, or of the clamped ones, the codes of result 0 reach.
  package static func ends(
    of codes: [Int32], in example: Example
  ) -> Set<GeneratorFeature> {
    let type = example.signature.outputs[0]
    guard let all = type.element.codes, type.quantization != nil else { return [] }
    let activation = example.operation.activation ?? .none
    let clamp = activation.codes(of: type)
    // A clamp to one code shows neither end.
    guard clamp.count > 1 else { return [] }
    return Self.all([
      .clampsLow: clamp.lowerBound > all.lowerBound && codes.contains(clamp.lowerBound),
      .clampsHigh: clamp.upperBound < all.upperBound && codes.contains(clamp.upperBound),
      .saturatesLow: activation == .none && codes.contains(clamp.lowerBound),
      .saturatesHigh: activation == .none && codes.contains(clamp.upperBound),
    ])
  }

  /// What the tiling rule of one result hits.
  private static func accesses(
    _ access: Access, _ signature: Signature, _ shape: Shape
  ) -> Set<GeneratorFeature> {
    var found: Set<GeneratorFeature> = []
    for (operand, axes) in access.operands.enumerated() {
      for (entry, extent) in zip(axes, access.extents[operand]) {
        if extent == 1 { found.insert(.extentOne) }
        switch entry {
        case .window(let axis, _, _, _, _):
          found.formUnion(window(entry, outputs: shape[axis], extent: extent))
        case .transposed(_, let size, let stride, _):
          found.formUnion(all([.strideAboveOne: stride > 1, .strideAboveWindow: stride > size]))
        case .scaled(_, let factor, _): if factor > 1 { found.insert(.depthMultiplier) }
        case .fixed:
          if extent > 1 { found.insert(.fixedCoordinate) }
          if extent == 1 && signature.constant(operand) == nil { found.insert(.broadcast) }
        case .mapped(_, let function):
          if !function.isMonotonic { found.insert(.rereadAxis) }
        case .reduced: found.insert(.summedAxis)
        case .whole: break
        }
      }
      let order = axes.compactMap(\.outputAxis)
      if order != order.sorted() { found.insert(.reorderedAxes) }
      let corners = [shape.extents.map { _ in 0 }, shape.extents.map { $0 - 1 }]
      if corners.contains(where: { corner in
        access.bounds(of: operand, for: Region(corner.map { $0..<$0 + 1 })).isEmpty
      }) {
        found.insert(.unreadOperand)
      }
    }
    return found
  }

  /// What a window hits that makes `outputs` coordinates of `extent`.
  private static func window(
    _ access: AxisAccess, outputs: Int, extent: Int
  ) -> Set<GeneratorFeature> {
    guard case .window(_, let size, let stride, let dilation, let offset) = access else {
      return []
    }
    let taps = (0..<outputs).map { output in
      (0..<size).map { output * stride + offset + $0 * dilation }
    }
    let excess = (outputs - 1) * stride + (size - 1) * dilation + 1 - extent
    return all([
      .strideAboveOne: stride > 1, .negativeStride: stride < 0,
      .strideAboveWindow: stride > (size - 1) * dilation + 1,
      .dilation: dilation > 1 && size > 1,
      .oddSamePadding: excess > 0 && excess % 2 == 1,
      .windowOnPaddingAlone: taps.contains { !$0.contains { (0..<extent).contains($0) } },
      .paddingBefore: taps.contains { $0.contains { $0 < 0 } },
      .paddingBehind: taps.contains { $0.contains { $0 >= extent } },
    ])
  }

  /// What the types of operands and results hit.
  private static func types(of example: Example) -> Set<GeneratorFeature> {
    let signature = example.signature
    let operands = signature.inputs.compactMap { $0?.constant == nil ? $0?.type : nil }
    let (first, result) = (operands.first, signature.outputs[0])
    func draws(_ element: ElementType) -> Bool { operands.contains { $0.element == element } }
    func step(_ type: TensorType?) -> Float? { type?.quantization?.scales[0] }
    let steps = (operands + signature.outputs).compactMap { step($0) }
    let pair = step(first).flatMap { first in step(result).map { (first, $0) } }
    let ranks = (first?.shape.rank ?? 0, result.shape.rank)
    return all([
      .uint8: draws(.uint8), .int16: draws(.int16), .int32: draws(.int32),
      .int64: draws(.int64), .bool: draws(.bool), .float32: draws(.float32),
      .severalResults: signature.outputs.count > 1,
      .severalBatches: result.shape.extents.dropLast().first ?? 1 > 1,
      .fewerAxes: ranks.1 < ranks.0, .moreAxes: ranks.1 > ranks.0,
      .coarserResult: pair.map { $1 > $0 } ?? false,
      .finerResult: pair.map { $1 < $0 } ?? false,
      .tinySteps: steps.contains { $0 < 0x1p-20 }, .hugeSteps: steps.contains { $0 > 0x1p20 },
      .operandZeroPointLowest: operands.contains { $0.zeroPoint(isAt: \.lowerBound) },
      .operandZeroPointHighest: operands.contains { $0.zeroPoint(isAt: \.upperBound) },
      .resultZeroPointLowest: signature.outputs.contains { $0.zeroPoint(isAt: \.lowerBound) },
      .resultZeroPointHighest: signature.outputs.contains { $0.zeroPoint(isAt: \.upperBound) },
    ])
  }

  /// What constants and options hit.
  private static func attributes(of example: Example) -> Set<GeneratorFeature> {
    let inputs = example.signature.inputs
    let stated = inputs.compactMap { operand in
      operand?.type.element == .int32 ? operand?.constant?.elements(of: Int32.self) : nil
    }
    let options = example.operation.options.values.values.map { value in
      if case .int32(let number) = value { number } else { 0 as Int32 }
    }
    let hybrid = inputs.first { operand in
      inputs.first??.type.element == .float32 && operand?.type.element == .int8
    }
    let sharesScale = hybrid??.type.quantization?.isPerTensor
    let activation = example.operation.activation
    return all([
      .relu: activation == .relu, .reluMinus1To1: activation == .reluMinus1To1,
      .relu6: activation == .relu6,
      .hybridPerTensor: sharesScale == true, .hybridPerChannel: sharesScale == false,
      .noBias: inputs.count == 2 || inputs.count > 2 && inputs[2] == nil,
      .constantOperand: inputs.contains { $0?.constant != nil },
      .scalesPerChannel: inputs.contains {
        $0?.type.quantization.map { !$0.isPerTensor } ?? false
      },
      .negativeAttribute: (stated.flatMap(\.self) + options).contains { $0 < 0 },
    ])
  }

  /// The features that are hit.
  private static func all(_ features: [GeneratorFeature: Bool]) -> Set<GeneratorFeature> {
    Set(features.filter(\.value).keys)
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

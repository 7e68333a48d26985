import Ops
import Tensor
import TestSupport
import Testing

/// What the generators of examples hit: a law says nothing about cases that are never drawn.
enum GeneratorCoverage {
  /// How many examples are drawn.
  private static let draws: UInt64 = 200

  /// Expects that an operator's generator draws every operator of the family, and all of
  /// `demanded`.
  static func expect(
    _ family: any Operator.Type, _ demanded: Set<GeneratorFeature>...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var hit: Set<GeneratorFeature> = []
    var builtins: Set<Builtin> = []
    for seed in 1...draws {
      var generator = SplitMix64(seed: seed)
      let example = family.random(using: &generator)
      builtins.insert(example.operation.builtin)
      hit.formUnion(GeneratorFeature.all(in: example, seed: seed))
    }
    let missed = Set(demanded.joined()).subtracting(hit)
    #expect(
      missed.isEmpty, "never hit: \(missed.map(\.rawValue).sorted())",
      sourceLocation: sourceLocation)
    #expect(builtins == Set(family.builtins), sourceLocation: sourceLocation)
  }
}

extension Set<GeneratorFeature> {
  /// Types of elements beside int8.
  static let elements: Set = [.uint8, .float32]
  /// Extents that every operator has to meet.
  static let extents: Set = [.extentOne, .severalBatches]
  /// Zero points of operands at the ends of the codes.
  static let operandZeroPoints: Set = [.operandZeroPointLowest, .operandZeroPointHighest]
  /// Zero points of operands and results at the ends of the codes.
  static let zeroPoints: Set = operandZeroPoints.union([
    .resultZeroPointLowest, .resultZeroPointHighest,
  ])
  /// Both ends of a fused activation.
  static let activation: Set = [.clampsLow, .clampsHigh]
  /// Both ends of the codes.
  static let saturation: Set = [.saturatesLow, .saturatesHigh]
  /// Results in larger steps than the operand's, and in smaller ones.
  static let rescaling: Set = [.coarserResult, .finerResult]
  /// Windows and strides.
  static let windows: Set = [.strideAboveOne, .strideAboveWindow, .oddSamePadding]
  /// Weights and biases.
  static let weights: Set = [.scalesPerChannel, .noBias]
  /// What two operands, element by element, have to meet.
  static let pair: Set = elements.union(extents).union(zeroPoints).union(activation)
    .union(saturation).union([.broadcast, .constantOperand])
  /// What a pooling has to meet.
  static let pooling: Set = elements.union(extents).union(zeroPoints).union(activation)
    .union(windows)
  /// What a convolution has to meet.
  static let convolution: Set = pooling.union(saturation).union(weights)
    .union([.dilation, .windowOnPaddingAlone])
  /// What an operator that moves elements of any type has to meet.
  static let movement: Set = elements.union(extents).union(zeroPoints)
    .union([.int16, .int32, .int64, .bool])
}

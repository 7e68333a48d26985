import Ops
import Tensor
import TestSupport
import Testing

/// What the generators of examples hit: a law says nothing about cases that are never drawn.
@Suite struct GeneratorCoverageTests {
  private static let zeroPoints: Set<GeneratorFeature> = [
    .operandZeroPointLowest, .operandZeroPointHighest, .resultZeroPointLowest,
    .resultZeroPointHighest,
  ]
  private static let activation: Set<GeneratorFeature> = [.clampsLow, .clampsHigh]
  private static let saturation: Set<GeneratorFeature> = [.saturatesLow, .saturatesHigh]
  private static let windows: Set<GeneratorFeature> = [
    .strideAboveOne, .strideAboveWindow, .oddSamePadding,
  ]
  private static let weights: Set<GeneratorFeature> = [.scalesPerChannel, .noBias]
  private static let convolution: Set<GeneratorFeature> = windows.union(weights)
    .union(zeroPoints).union(activation).union(saturation)
    .union([.dilation, .windowOnPaddingAlone, .extentOne, .severalBatches])

  /// What each operator's generator has to hit; an operator without an entry has to state its own.
  static let demanded: [String: Set<GeneratorFeature>] = [
    "ADD": zeroPoints.union(activation).union(saturation)
      .union([.extentOne, .severalBatches, .broadcast, .constantOperand]),
    "AVERAGE_POOL_2D": zeroPoints.union(activation).union(windows)
      .union([.extentOne, .severalBatches]),
    "CONV_2D": convolution,
    "DEPTHWISE_CONV_2D": convolution.union([.depthMultiplier]),
    "FULLY_CONNECTED": zeroPoints.union(activation).union(saturation).union(weights)
      .union([.extentOne, .severalBatches]),
    "MAX_POOL_2D": zeroPoints.union(activation).union(windows)
      .union([.extentOne, .severalBatches]),
    "RESHAPE": zeroPoints.union([.extentOne, .severalBatches]),
    "SOFTMAX": [
      .operandZeroPointLowest, .operandZeroPointHighest, .extentOne, .severalBatches,
    ],
  ]

  @Test(arguments: Catalog.operators.map { $0.builtins[0].name }) func hits(_ name: String) throws {
    let operation = try #require(Catalog.operators.first { $0.builtins[0].name == name })
    let demanded = try #require(Self.demanded[name], "state what \(name)'s generator has to hit")
    var hit: Set<GeneratorFeature> = []
    for seed in UInt64(1)...200 {
      var generator = SplitMix64(seed: seed)
      hit.formUnion(GeneratorFeature.all(in: operation.random(using: &generator), seed: seed))
    }
    let missed = demanded.subtracting(hit).map { $0.rawValue }.sorted()
    #expect(missed.isEmpty, "the generator of \(name) never hits \(missed)")
  }
}

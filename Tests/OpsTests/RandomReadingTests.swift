import Ops
import Tensor
import Testing

/// Instances that read an operand of a given type: what random networks are chained of.
@Suite struct RandomReadingTests {
  /// The families that read no other operator's results.
  private static let unchained: Set = ["READ_VARIABLE", "TFLite_Detection_PostProcess"]

  @Test(arguments: Catalog.operators.indices) func theOperandHasTheType(_ index: Int) throws {
    let family = Catalog.operators[index]
    var acceptedCount = 0
    for seed in UInt64(1)...200 {
      var generator = SplitMix64(seed: seed)
      let other = Catalog.operators.randomElement(using: &generator) ?? family
      for source in [family, other] {
        let type = source.random(using: &generator).signature.outputs[0]
        guard let example = family.random(reading: type, using: &generator) else { continue }
        let operands = example.signature.inputs.compactMap { $0 }
        #expect(operands.contains { $0.type == type && $0.constant == nil }, "seed \(seed)")
        let isAccepted = (try? example.operation.check(example.signature)) != nil
        acceptedCount += isAccepted ? 1 : 0
      }
    }
    #expect((acceptedCount > 20) != Self.unchained.contains(family.builtins[0].name))
  }

  @Test(arguments: Catalog.operators.indices) func whatIsDrawnIsAccepted(_ index: Int) throws {
    for seed in UInt64(1)...500 {
      var generator = SplitMix64(seed: seed)
      let example = Catalog.operators[index].random(using: &generator)
      #expect(throws: Never.self, "seed \(seed)") {
        try example.operation.check(example.signature)
      }
    }
  }
}

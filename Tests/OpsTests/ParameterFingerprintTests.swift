import Ops
import Tensor
import TestSupport
import Testing

/// What changes a result changes its fingerprint, where networks are compared by weights and parameters.
@Suite struct ParameterFingerprintTests {
  @Test(arguments: Catalog.operators.indices, Profile.all)
  func equalFingerprintsAreEqualFunctions(_ index: Int, _ profile: Profile) {
    let family = Catalog.operators[index]
    for seed in 1...100 as ClosedRange<UInt64> {
      var generator = SplitMix64(seed: seed)
      let example = family.random(using: &generator)
      guard let other = Self.requantized(example, using: &generator) else { continue }
      for output in example.signature.outputs.indices {
        let isEqual = (0..<4 as Range<UInt64>).allSatisfy { draw in
          example.elements(output: output, profile: profile, seed: draw)
            == other.elements(output: output, profile: profile, seed: draw)
        }
        let print = example.fingerprints(output: output, profile: profile, seed: seed)
        let otherPrint = other.fingerprints(output: output, profile: profile, seed: seed)
        #expect(
          isEqual || print != otherPrint, "\(example.operation.builtin.name), seed \(seed)")
        #expect(print == example.fingerprints(output: output, profile: profile, seed: seed))
      }
    }
  }

  /// A change that goes unseen would be found: with numbers that are equal there is no demand.
  @Test func changesAreDrawnThatMatter() {
    var differing: Set<String> = []
    for family in Catalog.operators {
      for seed in 1...100 as ClosedRange<UInt64> {
        var generator = SplitMix64(seed: seed)
        let example = family.random(using: &generator)
        guard let other = Self.requantized(example, using: &generator) else { continue }
        let results = [example, other].map { $0.elements(profile: .tflm, seed: seed) }
        if results[0] != results[1] { differing.insert(example.operation.builtin.name) }
      }
    }
    #expect(
      differing.isSuperset(of: [
        "ADD", "CONV_2D", "DEQUANTIZE", "LEAKY_RELU", "LOGISTIC", "MEAN", "MUL", "QUANTIZE",
        "RELU6",
        "SOFTMAX",
      ]), "\(differing.sorted())")
  }

  /// The example with another scale or zero point of one operand or result, if `check` accepts that.
  private static func requantized(
    _ example: Example, using generator: inout SplitMix64
  ) -> Example? {
    for _ in 0..<20 {
      var other = example
      let index = Int.random(
        in: 0..<example.signature.inputs.count + example.signature.outputs.count, using: &generator)
      let factor = Float.random(in: 0.5...1.5, using: &generator)
      let shift = Int32.random(in: -2...2, using: &generator)
      func change(_ type: inout TensorType) {
        guard let old = type.quantization, let codes = type.element.codes else { return }
        let zeroPoints = old.zeroPoints.map {
          min(max($0 &+ shift, codes.lowerBound), codes.upperBound)
        }
        type.quantization = Quantization(
          scales: old.scales.map { $0 * factor },
          zeroPoints: codes.count > 1 << 16 ? old.zeroPoints : zeroPoints, axis: old.axis)
      }
      if index < example.signature.inputs.count {
        guard var operand = other.signature.inputs[index] else { continue }
        change(&operand.type)
        other.signature.inputs[index] = operand
      } else {
        change(&other.signature.outputs[index - example.signature.inputs.count])
      }
      guard other.signature != example.signature,
        (try? other.operation.check(other.signature)) != nil
      else { continue }
      return other
    }
    return nil
  }
}

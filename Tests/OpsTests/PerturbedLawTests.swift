import Ops
import Tensor
import TestSupport
import Testing

/// Random changes to sound signatures: nothing traps, and what `check` accepts keeps the laws.
@Suite struct PerturbedLawTests {
  /// All laws but one: error bounds take a bias to have the scale of the products, and sums times
  /// their multiplier to stay within 32 bits.
  static let laws = Set(OperatorLaw.allCases).subtracting([.oracle])

  @Test(arguments: OperatorLawTests.Block.all)
  func whatIsAcceptedKeepsTheLaws(_ block: OperatorLawTests.Block) {
    for seed in block.seeds {
      var generator = SplitMix64(seed: seed)
      let sound = block.operation.random(using: &generator)
      for _ in 0..<3 {
        let example = sound.perturbed(using: &generator)
        guard (try? example.operation.check(example.signature)) != nil else { continue }
        let laws = OperatorLaws(example, seed: seed)
        for law in OperatorLaw.allCases where Self.laws.contains(law) {
          for violation in laws.violations(of: law) {
            Issue.record(
              "\(violation)\nreplay: \(Budget.replay(seed, suite: "PerturbedLawTests"))")
          }
        }
      }
    }
  }
}

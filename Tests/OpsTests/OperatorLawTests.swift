import Ops
import Tensor
import TestSupport
import Testing

/// Every law, for every operator of the catalogue.
@Suite struct OperatorLawTests {
  /// An operator and some seeds of examples.
  struct Block: CustomTestStringConvertible, Sendable {
    let operation: any Operator.Type
    let seeds: Range<UInt64>

    var testDescription: String { "\(operation.builtins[0].name), seeds \(seeds)" }

    func example(_ seed: UInt64) -> Example {
      var generator = SplitMix64(seed: seed)
      return operation.random(using: &generator)
    }

    static let all = Catalog.operators.flatMap { operation in
      Budget.blocks().map { Block(operation: operation, seeds: $0) }
    }
  }

  @Test(arguments: OperatorLaw.allCases, Block.all)
  func holds(_ law: OperatorLaw, _ block: Block) {
    for seed in block.seeds {
      for violation in OperatorLaws(block.example(seed), seed: seed).violations(of: law) {
        Issue.record(
          "\(violation)\nreplay: \(Budget.replay(seed, suite: "OperatorLawTests"))")
      }
    }
  }
}

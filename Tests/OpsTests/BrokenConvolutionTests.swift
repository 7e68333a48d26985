import Ops
import Tensor
import TestSupport
import Testing

/// The laws find every wrong operator, each by the laws that are about its fault and no others.
@Suite struct BrokenConvolutionTests {
  /// A fault, and the laws that it breaks.
  struct Case: CustomTestStringConvertible, Sendable {
    let fault: BrokenConvolution.Fault
    let laws: Set<OperatorLaw>

    var testDescription: String { "\(fault)" }

    init(_ fault: BrokenConvolution.Fault, _ laws: Set<OperatorLaw>) {
      self.fault = fault
      self.laws = laws
    }
  }

  static let cases = [
    // The row that the rule leaves out is garbage, and its taps are not counted.
    Case(.shortHalo, [.tileIsSlice, .poison, .partialSums, .cost]),
    Case(.wastefulAccess, [.tightness, .cost]),
    Case(.roundsEarly, [.partialSums, .oracle]),
    Case(.ignoresOrigin, [.tileIsSlice, .poison]),
    // What is not written differs from the tile, from the finished sums and from the real number.
    Case(.leavesGap, [.completeness, .tileIsSlice, .poison, .partialSums, .oracle]),
    // In a ring, the byte after the last element may be the tile's own.
    Case(.writesBeyond, [.completeness, .tileIsSlice]),
    Case(.claimsInPlace, [.inPlace]),
    Case(.tightBound, [.oracle]),
    Case(.forgetsStride, [.roundTrip]),
    // Where there is one input channel alone, nothing that is said to be read is.
    Case(.skipsChannel, [.tightness, .oracle, .cost]),
  ]

  @Test func everyFaultIsTried() {
    #expect(Set(Self.cases.map(\.fault)) == Set(BrokenConvolution.Fault.allCases))
  }

  @Test(arguments: cases) func isFound(_ test: Case) throws {
    var broken: Set<OperatorLaw> = []
    for (seed, example) in try Self.examples(test.fault) {
      let laws = OperatorLaws(example, seed: seed)
      for law in OperatorLaw.allCases where !broken.contains(law) {
        if !laws.violations(of: law).isEmpty { broken.insert(law) }
      }
    }
    #expect(broken == test.laws)
  }

  /// Examples with the fault, and their seeds; for a fault in place, those where it can show.
  private static func examples(
    _ fault: BrokenConvolution.Fault
  ) throws -> [(seed: UInt64, example: Example)] {
    var examples: [(UInt64, Example)] = []
    for seed in UInt64(1)...(fault == .claimsInPlace ? 1000 : 60) {
      var generator = SplitMix64(seed: seed)
      let example = BrokenConvolution.random(using: &generator)
      let sound = try #require(example.operation as? Conv2D)
      let broken = BrokenConvolution(sound, fault)
      if fault == .claimsInPlace,
        broken.inPlace(example.signature, operand: 0, output: 0) == .never
      {
        continue
      }
      examples.append((seed, Example(broken, example.signature)))
    }
    return examples
  }
}

import Tensor
import Testing

@Suite struct FixedPointMultiplierTests {
  @Test(
    arguments: [
      (1.0, 1 << 30, 1), (0.5, 1 << 30, 0), (0.75, 3 << 29, 0), (-0.75, -3 << 29, 0),
      (0x1p-32, 1 << 30, -31), (0x1p-33, 0, 0), (0.0, 0, 0), (0x1.fffffffffp-1, 1 << 30, 1),
    ] as [(Double, Int32, Int)])
  func isTheNearestFactor(real: Double, significand: Int32, exponent: Int) {
    let multiplier = FixedPointMultiplier(real)
    #expect(multiplier.significand == significand)
    #expect(multiplier.exponent == exponent)
  }

  /// Both rules stay within their bound of the exact product, for every exponent.
  @Test(arguments: -20...8) func productsAreWithinARoundingOfTheExactOne(exponent: Int) {
    var generator = SplitMix64(seed: UInt64(bitPattern: Int64(exponent)))
    for _ in 0..<2000 {
      let real = Double.random(in: 0.5..<1, using: &generator) * exp2(exponent)
      let multiplier = FixedPointMultiplier(real)
      let x = Int32.random(in: -1 << 20...1 << 20, using: &generator)
      let exact = Double(x) * Double(multiplier.significand) * exp2(multiplier.exponent - 31)
      #expect(abs(Double(multiplier.roundedOnce(x)) - exact) <= 0.5)
      #expect(abs(Double(multiplier.roundedTwice(x)) - exact) <= 1)
    }
  }

  @Test func theRulesDiffer() {
    // 1/4 is 0 once; twice it is half of 1, which goes to 1. Of 1/2 and -1/2 twice goes upward.
    let (quarter, half) = (FixedPointMultiplier(0.25), FixedPointMultiplier(0.5))
    #expect(quarter.roundedOnce(1) == 0)
    #expect(quarter.roundedTwice(1) == 1)
    #expect([1, -1].map(half.roundedOnce) == [1, -1])
    #expect([1, -1].map(half.roundedTwice) == [1, 0])
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 0x1p30, 1e300])
  func refusesWhatIsOutOfRange(real: Double) {
    #expect(!FixedPointMultiplier.isRepresentable(real))
  }

  private func exp2(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}

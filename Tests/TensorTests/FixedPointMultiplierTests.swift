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

  /// Products stay within their bound of the exact one, for every exponent.
  @Test(arguments: -20...8) func productsAreWithinARoundingOfTheExactOne(exponent: Int) {
    var generator = SplitMix64(seed: UInt64(bitPattern: Int64(exponent)))
    for _ in 0..<2000 {
      let real = Double.random(in: 0.5..<1, using: &generator) * exp2(exponent)
      let multiplier = FixedPointMultiplier(real)
      let x = Int32.random(in: -1 << 20...1 << 20, using: &generator)
      let exact = Double(x) * Double(multiplier.significand) * exp2(multiplier.exponent - 31)
      #expect(abs(Double(ScaleFactor(real, .once).apply(x)) - Double(x) * real) <= 0.5)
      #expect(abs(Double(multiplier.roundedTwice(x)) - exact) <= 1)
    }
  }

  /// 0.3 is 19661 / 2^16 in 15 bits, not 19660.8.
  @Test func wideOperandsAreScaledByFifteenBits() {
    #expect(FixedPointMultiplier(0.3).reduced(5_000_000) == 1_500_015)
    #expect(FixedPointMultiplier(0x1p-20).reduced(1 << 33 + 5) == 1 << 13)
    #expect(FixedPointMultiplier(0.5).reduced(1) == 1, "ties go upward")
    #expect(FixedPointMultiplier(0.5).reduced(-1) == 0)
    // The largest significand is cut to 15 ones.
    #expect(FixedPointMultiplier(0.999_999_9).reduced(1 << 15) == 0x7FFF)
  }

  @Test func theRulesDiffer() {
    // 1/4 is 0 once; twice it is half of 1, which goes to 1. Of 1/2 and -1/2 twice goes upward.
    func apply(_ factor: Double, _ rounding: Rounding, to codes: [Int32]) -> [Int32] {
      codes.map { ScaleFactor(factor, rounding).apply($0) }
    }
    #expect(apply(0.25, .once, to: [1]) == [0])
    #expect(apply(0.25, .twice, to: [1]) == [1])
    #expect(apply(0.5, .once, to: [1, -1]) == [1, -1])
    #expect(apply(0.5, .twice, to: [1, -1]) == [1, 0])
    // 3 * 0.5 of a factor that 31 bits round up, and of one just below it.
    #expect(apply(0.5 - 0x1p-40, .once, to: [3]) == [1])
    #expect(apply(0.5, .once, to: [3]) == [2])
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 0x1p30, 1e300])
  func refusesWhatIsOutOfRange(real: Double) {
    #expect(!FixedPointMultiplier.isRepresentable(real))
  }

  private func exp2(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}

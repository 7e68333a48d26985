import Glibc
import Tensor
import Testing

/// Fixed-point arithmetic against exact arithmetic on wide integers.
@Suite struct FixedPointTests {
  static let edges: [Int32] = [
    .min, .min + 1, -1 << 30, -3, -2, -1, 0, 1, 2, 3, 1 << 30, .max - 1, .max,
  ]

  @Test(arguments: edges) func highMultiplyRoundsToNearest(a: Int32) {
    for b in Self.edges {
      // floor(ab / 2^31 + 1/2), saturated.
      let exact = (Int64(a) * Int64(b) + 1 << 30) >> 31
      #expect(FixedPoint.multiplyHigh(a, b) == Int32(clamping: exact), "\(a) * \(b)")
    }
  }

  @Test(arguments: 0...31) func divideRoundsTiesAwayFromZero(exponent: Int) {
    var generator = SplitMix64(seed: UInt64(exponent))
    let values =
      Self.edges + (0..<1000).map { _ in Int32.random(in: .min ... .max, using: &generator) }
    for x in values {
      let exact = (Double(x) / Double(1 << exponent)).rounded(.toNearestOrAwayFromZero)
      #expect(Double(FixedPoint.divide(x, byPowerOfTwo: exponent)) == exact, "\(x) / 2^\(exponent)")
    }
  }

  @Test func exponentialIsCloseToTheRealOne() {
    for raw in stride(from: Int32.min, through: 0, by: 9_999_991) {
      let real = expOfReal(Double(raw) / 0x1p26)
      let fixed = Double(FixedPoint.exponential(ofNegative: raw)) / 0x1p31
      #expect(abs(real - fixed) < 0x1p-20, "\(raw)")
    }
  }

  @Test func reciprocalIsCloseToTheRealOne() {
    for raw in stride(from: Int32(0), through: .max, by: 9_999_991) {
      let real = 1 / (1 + Double(raw) / 0x1p31)
      let fixed = Double(FixedPoint.reciprocal(ofOnePlus: raw)) / 0x1p31
      #expect(abs(real - fixed) < 0x1p-26, "\(raw)")
    }
  }

  /// From 1 to what 12 integer bits hold.
  @Test func logarithmIsCloseToTheRealOne() {
    let powers = (20...30).flatMap { (exponent: Int) -> [Int32] in
      [(1 << exponent) - 1, 1 << exponent, (1 << exponent) + 1]
    }
    let steps = stride(from: Int32(1) << 19, through: .max - 99_991, by: 99_991)
    for raw in powers + Array(steps) + [.max] {
      let fixed = Double(FixedPoint.logarithm(ofAtLeastOne: raw)) / 0x1p26
      #expect(abs(log(Double(raw) / 0x1p19) - fixed) < 0x1p-20, "\(raw)")
    }
  }

  /// exp by its series, after halving the argument: nothing of the code under test.
  private func expOfReal(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for n in 1...30 {
      term *= x / 64 / Double(n)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    return sum
  }
}

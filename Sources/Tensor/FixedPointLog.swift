extension FixedPoint {
  /// log(x) with five integer bits, for x >= 1 with 12 integer bits.
  ///
  /// x is a power of two times r, near the fourth root of 1/2, of two candidates the one that is nearer; the
  /// logarithm of r is a rational function. Source: TensorFlow Lite,
  /// `log_x_for_x_greater_than_or_equal_to_1_impl`.
  public static func logarithm(ofAtLeastOne x: Int32) -> Int32 {
    let logOfTwo: Int32 = 1_488_522_236
    let rootOfHalf: Int32 = 1_518_500_250
    let fourthRootOfHalf: Int32 = 1_805_811_301
    // The power of two has six integer bits; it is off by a quarter, one way or the other.
    let quarter: Int32 = 1 << 23

    let headroom = x.leadingZeroBitCount
    let normalized = multiply(x, byPowerOfTwo: headroom - 1)
    let first = (
      fraction: multiply(multiplyHigh(normalized, rootOfHalf), byPowerOfTwo: 1),
      power: multiply(Int32(12 - headroom), byPowerOfTwo: 25) &+ quarter
    )
    let secondHeadroom = multiplyHigh(x, rootOfHalf).leadingZeroBitCount - 1
    let second = (
      fraction: multiply(x, byPowerOfTwo: secondHeadroom),
      power: multiply(Int32(12 - secondHeadroom), byPowerOfTwo: 25) &- quarter
    )
    let r = min(first.fraction, second.fraction)
    let power = max(first.power, second.power)

    let p = halfSum(r, fourthRootOfHalf)
    let q = (r &- fourthRootOfHalf) &* 2
    let square = multiplyHigh(q, q)
    // 11/240, 1/20 and 1/4 of the fourth root of 2, and 2 over that root less the root.
    let numerator =
      multiplyHigh(q, r) &+ multiplyHigh(multiplyHigh(q, square), 117_049_297)
    let denominator =
      multiplyHigh(p, 1_057_819_769 &+ q &+ multiplyHigh(127_690_142, square))
      &+ multiplyHigh(638_450_708, q)
    let logOfFraction = multiplyHigh(
      divide(numerator, byPowerOfTwo: 6), reciprocal(ofOnePlus: denominator))
    return multiply(multiplyHigh(power, logOfTwo) &+ logOfFraction, byPowerOfTwo: 1)
  }
}

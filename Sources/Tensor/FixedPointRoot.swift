extension FixedPoint {
  /// 1 / sqrt(x) with 20 bits after the point, by five Newton-Raphson steps.
  ///
  /// Source: TensorFlow Lite, `GetInvSqrtQuantizedMultiplierExp`.
  ///
  /// - Precondition: `x` is above 0 and below 2^29.
  public static func reciprocalRoot(of x: Int32) -> Int32 {
    guard x > 1 else { return scaled(.max, exponent: 20) }
    // x times 4^pairs is in 2^27..<2^29.
    let pairs = (x.leadingZeroBitCount - 1) / 2 - 1
    // Three integer bits.
    let number = (x << Int32(2 * pairs)) >> 1
    let half = divide(number, byPowerOfTwo: 1)
    let threeHalves: Int32 = 1 << 28 + 1 << 27
    var estimate: Int32 = 1 << 28
    for _ in 0..<5 {
      let cube = multiply(
        multiplyHigh(multiplyHigh(estimate, estimate), estimate), byPowerOfTwo: 6)
      let difference = multiplyHigh(threeHalves, estimate) &- multiplyHigh(half, cube)
      estimate = multiply(difference, byPowerOfTwo: 3)
    }
    let halfRootOfTwo: Int32 = 1_518_500_250
    let significand = multiplyHigh(estimate, halfRootOfTwo)
    let rightShift = 11 - pairs
    return rightShift < 0
      ? scaled(significand << Int32(-rightShift), exponent: 20)
      : scaled(significand, exponent: 20 - rightShift)
  }

  /// 1 times a factor, rounded.
  private static func scaled(_ significand: Int32, exponent: Int) -> Int32 {
    multiplyHigh(1 << Int32(exponent), significand)
  }
}

extension FixedPoint {
  /// exp(x) for x <= 0 with `integerBits` integer bits (at most 5), as a fraction with none.
  ///
  /// A fourth-order Taylor polynomial around -1/8 on [-1/4, 0), then one factor per set bit of the
  /// rest. Source: gemmlowp, `exp_on_negative_values`.
  public static func exponential(ofNegative x: Int32, integerBits: Int = 5) -> Int32 {
    if x == 0 { return .max }
    let fractionBits = 31 - integerBits
    let quarter = Int32(1) << Int32(fractionBits - 2)
    let inQuarter = (x & (quarter - 1)) - quarter
    var result = exponential(
      betweenMinusQuarterAndZero: multiply(inQuarter, byPowerOfTwo: integerBits))
    let rest = inQuarter &- x
    // exp(-2^k) with no integer bits, for k from -2 to 4; the rest has bits below `integerBits` alone.
    let factors: [Int32] = [
      1_672_461_947, 1_302_514_674, 790_015_084, 290_630_308, 39_332_535, 720_401, 242,
    ]
    for (index, factor) in factors.enumerated() where rest & (quarter << Int32(index)) != 0 {
      result = multiplyHigh(result, factor)
    }
    return result
  }

  private static func exponential(betweenMinusQuarterAndZero a: Int32) -> Int32 {
    let expOfMinusEighth: Int32 = 1_895_147_668
    let third: Int32 = 715_827_883
    let x = a &+ (1 << 28)
    let x2 = multiplyHigh(x, x)
    let x3 = multiplyHigh(x2, x)
    let x4 = multiplyHigh(x2, x2)
    let inner = multiplyHigh(divide(x4, byPowerOfTwo: 2) &+ x3, third) &+ x2
    return expOfMinusEighth
      &+ multiplyHigh(expOfMinusEighth, x &+ divide(inner, byPowerOfTwo: 1))
  }

  /// 1 / (1 + x) for x in [0, 1) with no integer bits.
  ///
  /// Source: gemmlowp, `one_over_one_plus_x_for_x_in_0_1`.
  public static func reciprocal(ofOnePlus x: Int32) -> Int32 {
    multiply(doubleReciprocal(ofOnePlus: x), byPowerOfTwo: 1)
  }

  /// 2 / (1 + x) for x in [0, 1) with no integer bits, as a number with two, by three
  /// Newton-Raphson steps.
  private static func doubleReciprocal(ofOnePlus x: Int32) -> Int32 {
    let halfDenominator = halfSum(x, .max)
    let one: Int32 = 1 << 29
    var estimate = 1_515_870_810 &+ multiplyHigh(halfDenominator, -1_010_580_540)
    for _ in 0..<3 {
      let error = one &- multiplyHigh(halfDenominator, estimate)
      estimate = estimate &+ multiply(multiplyHigh(estimate, error), byPowerOfTwo: 2)
    }
    return estimate
  }

  /// 1 / (1 + exp(-x)) for x with four integer bits, as a fraction with none.
  ///
  /// Source: gemmlowp, `logistic`.
  public static func logistic(_ x: Int32) -> Int32 {
    if x == 0 { return 1 << 30 }
    let positive = reciprocal(
      ofOnePlus: exponential(ofNegative: x > 0 ? 0 &- x : x, integerBits: 4))
    return x > 0 ? positive : .max &- positive
  }

  /// tanh(x) for x with four integer bits, as a fraction with none.
  ///
  /// Source: gemmlowp, `tanh`.
  public static func tanh(_ x: Int32) -> Int32 {
    if x == 0 { return 0 }
    // exp(-2 |x|): the same word with one integer bit more.
    let power = exponential(ofNegative: x > 0 ? 0 &- x : x, integerBits: 5)
    let positive = multiply(doubleReciprocal(ofOnePlus: power) &- (1 << 29), byPowerOfTwo: 2)
    return x > 0 ? positive : 0 &- positive
  }
}

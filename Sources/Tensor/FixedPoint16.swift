/// Signed 16-bit fixed-point arithmetic, bit for bit as gemmlowp's `fixedpoint.h` defines it.
///
/// A raw `Int16` with `b` integer bits stands for `raw / 2^(15 - b)`.
public enum FixedPoint16 {
  /// 1 / (1 + exp(-x)) for x with three integer bits, as a fraction with none.
  ///
  /// Source: gemmlowp, `logistic`.
  public static func logistic(_ x: Int16) -> Int16 {
    if x == 0 { return 1 << 14 }
    let power = exponential(ofNegative: x > 0 ? 0 &- x : x, integerBits: 3)
    let positive = multiply(doubleReciprocal(ofOnePlus: power), byPowerOfTwo: 1)
    return x > 0 ? positive : .max &- positive
  }

  /// tanh(x) for x with `integerBits` integer bits (0 to 6), as a fraction with none.
  ///
  /// Source: gemmlowp, `tanh`.
  public static func tanh(_ x: Int16, integerBits: Int) -> Int16 {
    if x == 0 { return 0 }
    // exp(-2 |x|): the same word with one integer bit more.
    let power = exponential(ofNegative: x > 0 ? 0 &- x : x, integerBits: integerBits + 1)
    let positive = multiply(doubleReciprocal(ofOnePlus: power) &- (1 << 13), byPowerOfTwo: 2)
    return x > 0 ? positive : 0 &- positive
  }

  /// exp(x) for x <= 0 with `integerBits` integer bits, as a fraction with none.
  ///
  /// Source: gemmlowp, `exp_on_negative_values`; see `FixedPoint.exponential(ofNegative:)`.
  private static func exponential(ofNegative x: Int16, integerBits: Int) -> Int16 {
    if x == 0 { return .max }
    let quarter = Int16(1) << Int16(13 - integerBits)
    let inQuarter = (x & (quarter - 1)) - quarter
    var result = exponential(
      betweenMinusQuarterAndZero: multiply(inQuarter, byPowerOfTwo: integerBits))
    let rest = Int32(inQuarter &- x)
    // exp(-2^k) with no integer bits, for k from -2 to 4, of those below the integer bits.
    let factors: [Int32] = [
      1_672_461_947, 1_302_514_674, 790_015_084, 290_630_308, 39_332_535, 720_401, 242,
    ]
    for (index, factor) in factors.enumerated()
    where integerBits > index - 2 && rest & Int32(quarter) << Int32(index) != 0 {
      result = multiplyHigh(result, constant(factor))
    }
    if integerBits > 5, x < constant(-(1 << Int32(36 - integerBits))) { return 0 }
    return result
  }

  private static func exponential(betweenMinusQuarterAndZero a: Int16) -> Int16 {
    let (expOfMinusEighth, third) = (constant(1_895_147_668), constant(715_827_883))
    let x = a &+ (1 << 12)
    let x2 = multiplyHigh(x, x)
    let x3 = multiplyHigh(x2, x)
    let x4 = multiplyHigh(x2, x2)
    let inner = multiplyHigh(multiply(x4, byPowerOfTwo: -2) &+ x3, third) &+ x2
    let product = multiplyHigh(expOfMinusEighth, x &+ multiply(inner, byPowerOfTwo: -1))
    return Int16(clamping: Int32(expOfMinusEighth) + Int32(product))
  }

  /// 2 / (1 + x) for x in [0, 1) with no integer bits, as a number with two, by three
  /// Newton-Raphson steps.
  private static func doubleReciprocal(ofOnePlus x: Int16) -> Int16 {
    let halfDenominator = Int16((Int32(x) + Int32(Int16.max) + 1) / 2)
    let one: Int16 = 1 << 13
    var estimate =
      constant(1_515_870_810) &+ multiplyHigh(halfDenominator, constant(-1_010_580_540))
    for _ in 0..<3 {
      let error = one &- multiplyHigh(halfDenominator, estimate)
      estimate = estimate &+ multiply(multiplyHigh(estimate, error), byPowerOfTwo: 2)
    }
    return estimate
  }

  /// The upper half of a word of 32 bits, rounded.
  private static func constant(_ word: Int32) -> Int16 {
    Int16(truncatingIfNeeded: FixedPoint.divide(word, byPowerOfTwo: 16))
  }

  /// `a * b / 2^15`, rounded to nearest, ties away from zero, saturated.
  public static func multiplyHigh(_ a: Int16, _ b: Int16) -> Int16 {
    if a == .min && b == .min { return .max }
    let product = Int32(a) * Int32(b)
    return Int16(truncatingIfNeeded: (product + (product >= 0 ? 1 << 14 : 1 - 1 << 14)) / (1 << 15))
  }

  /// `x * 2^exponent`, saturated; for an exponent below 0, rounded to nearest, ties away from zero.
  private static func multiply(_ x: Int16, byPowerOfTwo exponent: Int) -> Int16 {
    exponent < 0
      ? Int16(truncatingIfNeeded: FixedPoint.divide(Int32(x), byPowerOfTwo: -exponent))
      : Int16(clamping: Int32(x) << Int32(exponent))
  }
}

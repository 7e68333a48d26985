/// Signed 32-bit fixed-point arithmetic, bit for bit as gemmlowp's `fixedpoint.h` defines it.
///
/// A raw `Int32` with `b` integer bits stands for `raw / 2^(31 - b)`.
public enum FixedPoint {
  /// `a * b / 2^31`, rounded to nearest, ties upward, saturated.
  ///
  /// Only `Int32.min * Int32.min` saturates.
  @inlinable @inline(__always)
  public static func multiplyHigh(_ a: Int32, _ b: Int32) -> Int32 {
    if a == .min && b == .min { return .max }
    return Int32(truncatingIfNeeded: (Int64(a) &* Int64(b) &+ (1 << 30)) &>> 31)
  }

  /// `x / 2^exponent`, rounded to nearest, ties away from zero; `exponent` in `0...31`.
  @inlinable @inline(__always)
  public static func divide(_ x: Int32, byPowerOfTwo exponent: Int) -> Int32 {
    let mask = Int32(truncatingIfNeeded: (Int64(1) &<< Int64(exponent)) &- 1)
    let threshold = (mask &>> 1) &+ (x < 0 ? 1 : 0)
    return (x &>> Int32(exponent)) &+ ((x & mask) > threshold ? 1 : 0)
  }

  /// `x * 2^exponent`, saturated; `exponent` in `0...31`.
  @inlinable
  public static func multiply(_ x: Int32, byPowerOfTwo exponent: Int) -> Int32 {
    Int32(clamping: Int64(x) << Int64(exponent))
  }

  /// `(a + b) / 2`, rounded to nearest, ties away from zero.
  @inlinable
  public static func halfSum(_ a: Int32, _ b: Int32) -> Int32 {
    let sum = Int64(a) + Int64(b)
    return Int32(truncatingIfNeeded: (sum + (sum >= 0 ? 1 : -1)) / 2)
  }
}

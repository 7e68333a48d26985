/// A real factor as `significand * 2^(exponent - 31)`.
///
/// The magnitude of `significand` is 0 or lies in `2^30 ... 2^31`, but after `divided(by:)`. Source: TensorFlow Lite, `QuantizeMultiplier`.
public struct FixedPointMultiplier: Hashable, Sendable {
  /// The factor's leading 31 bits.
  public let significand: Int32
  /// The power of two that scales the significand; in `-31...30`.
  public let exponent: Int

  /// Whether a factor is finite and of a magnitude below 2^30.
  public static func isRepresentable(_ real: Double) -> Bool { abs(real) < 0x1p30 }

  /// The nearest representable factor; one of a magnitude below 2^-32 is 0.
  ///
  /// - Precondition: `real` is representable.
  public init(_ real: Double) {
    precondition(Self.isRepresentable(real), "a multiplier is finite and below 2^30")
    guard real != 0 else {
      self.init(significand: 0, exponent: 0)
      return
    }
    // real = fraction * 2^exponent with the magnitude of fraction in [1/2, 1).
    var exponent = Int(real.exponent) + 1
    let fraction = (real.sign == .minus ? -real.significand : real.significand) / 2
    var significand = Int64((fraction * 0x1p31).rounded(.toNearestOrAwayFromZero))
    if significand == 1 << 31 {
      significand /= 2
      exponent += 1
    }
    if exponent < -31 { (significand, exponent) = (0, 0) }
    self.init(significand: Int32(significand), exponent: exponent)
  }

  private init(significand: Int32, exponent: Int) {
    self.significand = significand
    self.exponent = exponent
  }

  /// The factor divided by `count`, truncated; shifted left before, as far as `count` has bits and
  /// the exponent allows.
  ///
  /// Source: TensorFlow Lite, `reference_ops::QuantizedMeanOrSum`.
  ///
  /// - Precondition: `count` is in `1..<2^32`.
  public func divided(by count: Int) -> FixedPointMultiplier {
    let bits = Int.bitWidth - 1 - count.leadingZeroBitCount
    let shift = min(bits, 32, 31 + exponent)
    return FixedPointMultiplier(
      significand: Int32(truncatingIfNeeded: (Int64(significand) << Int64(shift)) / Int64(count)),
      exponent: exponent - shift)
  }

  /// The factor times a power of two.
  ///
  /// - Precondition: the exponent stays in `-31...30`.
  public func scaled(byPowerOfTwo power: Int) -> FixedPointMultiplier {
    FixedPointMultiplier(significand: significand, exponent: exponent + power)
  }

  /// `x` times the factor, rounded twice: by the doubling high multiply, then by the right shift.
  ///
  /// A left shift wraps, as the reference implementations' does. Source: TensorFlow Lite,
  /// `MultiplyByQuantizedMultiplier` without `TFLITE_SINGLE_ROUNDING`.
  @inlinable @inline(__always)
  public func roundedTwice(_ x: Int32) -> Int32 {
    let left = Int32(truncatingIfNeeded: max(exponent, 0))
    return FixedPoint.divide(
      FixedPoint.multiplyHigh(x &<< left, significand), byPowerOfTwo: max(0 &- exponent, 0))
  }

  /// `x` times the factor, its significand rounded to 15 bits first; rounded once, ties upward.
  ///
  /// Source: TensorFlow Lite, `MultiplyByQuantizedMultiplier` of 64-bit operands.
  ///
  /// - Precondition: the factor is not negative, and below 2^7.
  @inlinable @inline(__always)
  public func reduced(_ x: Int64) -> Int32 {
    let significand = significand < 0x7FFF_0000 ? (Int64(significand) &+ 0x8000) &>> 16 : 0x7FFF
    let shift = Int64(15 &- exponent)
    return Int32(truncatingIfNeeded: (x &* significand &+ (1 &<< (shift &- 1))) &>> shift)
  }
}

/// The integers modulo the prime 2^61 - 1; an element is a word below the prime.
public enum PrimeField {
  /// 2^61 - 1, a Mersenne prime.
  public static let prime: UInt64 = 1 << 61 - 1

  /// `a + b`.
  @inlinable @inline(__always)
  public static func add(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let sum = a &+ b
    return sum >= prime ? sum &- prime : sum
  }

  /// `a - b`.
  @inlinable @inline(__always)
  public static func subtract(_ a: UInt64, _ b: UInt64) -> UInt64 {
    a >= b ? a &- b : a &+ prime &- b
  }

  /// `a * b`.
  @inlinable @inline(__always)
  public static func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    // 2^61 is 1: the bits from 61 on count as ones of their own.
    let sum = (low & prime) &+ (low &>> 61 | high &<< 3)
    return sum >= prime ? sum &- prime : sum
  }

  /// The element nearest below `word`: any word is taken into the field.
  @inlinable @inline(__always)
  public static func element(_ word: UInt64) -> UInt64 {
    let sum = (word & prime) &+ (word &>> 61)
    return sum >= prime ? sum &- prime : sum
  }

  /// The element that stands for an integer, negative ones included.
  @inlinable @inline(__always)
  public static func element(_ integer: Int64) -> UInt64 {
    let magnitude = element(integer.magnitude)
    return integer < 0 && magnitude != 0 ? prime &- magnitude : magnitude
  }
}

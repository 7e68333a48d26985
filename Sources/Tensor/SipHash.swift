/// SipHash-2-4 of a sequence of words: a keyed pseudorandom function.
///
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012. Words are fed as the eight
/// bytes that they are, little-endian.
public struct SipHash: Sendable {
  @usableFromInline var v0: UInt64
  @usableFromInline var v1: UInt64
  @usableFromInline var v2: UInt64
  @usableFromInline var v3: UInt64
  @usableFromInline var byteCount: UInt64 = 0

  /// Starts with a key of 128 bits.
  @inlinable @inline(__always)
  public init(key0: UInt64, key1: UInt64) {
    v0 = key0 ^ 0x736f_6d65_7073_6575
    v1 = key1 ^ 0x646f_7261_6e64_6f6d
    v2 = key0 ^ 0x6c79_6765_6e65_7261
    v3 = key1 ^ 0x7465_6462_7974_6573
  }

  /// Mixes in one word.
  @inlinable @inline(__always)
  public mutating func add(_ word: UInt64) {
    byteCount &+= 8
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  /// Mixes in one signed number.
  public mutating func add(_ number: Int32) { add(UInt64(bitPattern: Int64(number))) }

  /// Mixes in the bits of one float.
  public mutating func add(_ number: Float) { add(UInt64(number.bitPattern)) }

  /// Mixes in both ends of a range.
  public mutating func add(_ range: ClosedRange<Int32>) {
    add(range.lowerBound)
    add(range.upperBound)
  }

  /// Mixes in a multiplier.
  public mutating func add(_ multiplier: FixedPointMultiplier) {
    add(multiplier.significand)
    add(Int32(truncatingIfNeeded: multiplier.exponent))
  }

  /// The function's value on the words added so far; more may be added after.
  @inlinable @inline(__always)
  public var value: UInt64 {
    var last = self
    last.v3 ^= byteCount &<< 56
    last.round()
    last.round()
    last.v0 ^= byteCount &<< 56
    last.v2 ^= 0xff
    for _ in 0..<4 { last.round() }
    return last.v0 ^ last.v1 ^ last.v2 ^ last.v3
  }

  @inlinable @inline(__always)
  mutating func round() {
    v0 = v0 &+ v1
    v1 = Self.rotate(v1, 13) ^ v0
    v0 = Self.rotate(v0, 32)
    v2 = v2 &+ v3
    v3 = Self.rotate(v3, 16) ^ v2
    v0 = v0 &+ v3
    v3 = Self.rotate(v3, 21) ^ v0
    v2 = v2 &+ v1
    v1 = Self.rotate(v1, 17) ^ v2
    v2 = Self.rotate(v2, 32)
  }
  @inlinable @inline(__always)
  static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word &<< count | word &>> (64 &- count)
  }
}

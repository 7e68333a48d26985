internal import Glibc
internal import Tensor

/// Exponentials in fixed point of how far the codes of a row lie below its largest one.
///
/// Source: TensorFlow Lite, `PreprocessSoftmaxScaling`, `CalculateInputRadius`.
struct RowExponentials: Sendable {
  /// Half of what a step of the codes is, with five integer bits.
  let multiplier: FixedPointMultiplier
  let leftShift: Int32
  /// Differences below this count as an exponential of 0.
  let smallestDifference: Int32

  /// A code is a step of `scale`, above 2^-26.
  init(scale: Double) {
    let fractionBits = 26
    // A factor beyond an Int32 is capped: all but the largest element are 0 long before. Half of it
    // keeps the multiplier in range.
    let real = min(scale * Double(1 << fractionBits), Double(Int32.max))
    multiplier = FixedPointMultiplier(real / 2)
    leftShift = Int32(multiplier.exponent + 1)
    let largest = Double(31 << fractionBits) / exp2(Double(leftShift))
    smallestDifference = -Int32(min(largest.rounded(.down), Double(Int32.max)))
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(multiplier)
    hash.add(smallestDifference)
  }

  /// A difference of codes, not below the smallest, as a number with five integer bits.
  @inline(__always)
  func scaled(_ difference: Int32) -> Int32 {
    FixedPoint.multiplyHigh(difference &<< leftShift, multiplier.significand)
  }

  /// The exponential of a difference of codes, as a fraction without integer bits; `nil` for one of 0.
  @inline(__always)
  func callAsFunction(_ difference: Int32) -> Int32? {
    guard difference >= smallestDifference else { return nil }
    return FixedPoint.exponential(ofNegative: scaled(difference))
  }

  /// The sum over a row of at most 4095 codes, with 12 integer bits; `largest` is among them.
  @inline(__always)
  func sum<Code: FixedWidthInteger>(
    over row: UnsafeMutableBufferPointer<Code>, below largest: Code
  ) -> Int32 {
    var sum: Int32 = 0
    for code in row {
      if let power = self(Int32(code) - Int32(largest)) {
        sum &+= FixedPoint.divide(power, byPowerOfTwo: 12)
      }
    }
    return sum
  }
}

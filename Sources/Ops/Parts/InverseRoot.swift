internal import Tensor

/// One over the square root of an integer, in fixed point.
///
/// Source: TensorFlow Lite, `GetInvSqrtQuantizedMultiplierExp`.
struct InverseRoot: Sendable {
  /// The factor's leading bits: `significand * 2^(-shift - 31)`.
  private let significand: Int32
  private let shift: Int

  /// Of 0 and 1 it is 1, less a bit.
  init(of square: Int32) {
    guard square > 1 else {
      (significand, shift) = (.max, 0)
      return
    }
    var (radicand, shift) = (square, 11)
    while radicand >= 1 << 29 {
      radicand /= 4
      shift += 1
    }
    let pairs = (radicand.leadingZeroBitCount - 1) / 2 - 1
    shift -= pairs
    radicand <<= Int32(2 * pairs)
    // Newton's method with three integer bits, from 1 on.
    let half = FixedPoint.divide(radicand >> 1, byPowerOfTwo: 1)
    var x: Int32 = 1 << 28
    for _ in 0..<5 {
      let square = FixedPoint.multiplyHigh(x, x)
      let cube = FixedPoint.multiply(FixedPoint.multiplyHigh(square, x), byPowerOfTwo: 6)
      let step =
        FixedPoint.multiplyHigh(3 << 27, x) &- FixedPoint.multiplyHigh(half, cube)
      x = FixedPoint.multiply(step, byPowerOfTwo: 3)
    }
    // Half the square root of 2.
    x = FixedPoint.multiplyHigh(x, 1_518_500_250)
    if shift < 0 { x = x &<< Int32(-shift) }
    significand = x
    self.shift = max(shift, 0)
  }

  /// `x * 2^bits` over the root, rounded by the high multiply and by the shift.
  func scale(_ x: Int32, shiftedLeft bits: Int) -> Int32 {
    let left = max(bits - shift, 0)
    return FixedPoint.divide(
      FixedPoint.multiplyHigh(x &<< Int32(left), significand), byPowerOfTwo: max(shift - bits, 0))
  }
}

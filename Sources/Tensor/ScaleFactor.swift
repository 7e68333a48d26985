/// A real factor, and how integers are multiplied by it.
public struct ScaleFactor: Hashable, Sendable {
  @usableFromInline let real: Double
  @usableFromInline let fixed: FixedPointMultiplier
  @usableFromInline let rounding: Rounding

  /// A factor that is applied as `rounding` says.
  ///
  /// - Precondition: `real` is representable as a `FixedPointMultiplier`.
  public init(_ real: Double, _ rounding: Rounding) {
    self.real = real
    fixed = FixedPointMultiplier(real)
    self.rounding = rounding
  }

  /// `x` times the factor.
  @inlinable @inline(__always)
  public func apply(_ x: Int32) -> Int32 {
    switch rounding {
    case .once: nearest(Double(x) * real)
    case .twice: fixed.roundedTwice(x)
    }
  }

  /// `x` times the factor; in fixed point a factor of 15 bits, rounded once.
  ///
  /// - Precondition: in fixed point the factor is not negative, and below 2^7.
  @inlinable @inline(__always)
  public func apply(_ x: Int64) -> Int32 {
    switch rounding {
    case .once: nearest(Double(x) * real)
    case .twice: fixed.reduced(x)
    }
  }

  /// What 32 bits do not hold is the least number, as on x86.
  @inlinable @inline(__always)
  func nearest(_ product: Double) -> Int32 {
    let rounded = product.rounded(.toNearestOrAwayFromZero)
    return rounded > -0x1p31 && rounded < 0x1p31 ? Int32(rounded) : .min
  }
}

extension SipHash {
  /// Mixes in a factor.
  public mutating func add(_ factor: ScaleFactor) {
    add(factor.real.bitPattern)
    add(UInt64(factor.rounding == .once ? 1 : 2))
  }
}

/// How a product with a real factor is rounded.
public enum Rounding: String, Hashable, Sendable {
  /// Once, in double precision, ties away from zero.
  case once
  /// In fixed point: by the doubling high multiply, then by the shift.
  case twice
}

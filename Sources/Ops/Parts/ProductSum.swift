internal import Tensor

/// What sums of products of codes are.
protocol ProductSum: FixedWidthInteger & Stored {
  /// The sum times a factor.
  func scaled(by factor: ScaleFactor) -> Int32
}

/// Of 8-bit codes.
extension Int32: ProductSum {
  @inline(__always)
  func scaled(by factor: ScaleFactor) -> Int32 { factor.apply(self) }
}

/// Of 16-bit codes.
extension Int64: ProductSum {
  @inline(__always)
  func scaled(by factor: ScaleFactor) -> Int32 { factor.apply(self) }
}

public import Tensor

/// How far values of floats are apart.
public enum FloatDifference {
  /// The largest difference of two values of one tensor, relative to the largest finite number of
  /// `expected`.
  ///
  /// 0 for values that are equal number by number, so for -0 and 0, and for any two NaNs; infinite for
  /// values that differ and are not of floats, and where one is infinite or a NaN and the other is not.
  public static func relative(
    _ found: Bytes, _ expected: Bytes, _ element: ElementType
  ) -> Double {
    if found == expected { return 0 }
    guard element == .float32 else { return .infinity }
    var (difference, largest) = (0.0, 0.0)
    for (value, other) in zip(found.elements(of: Float.self), expected.elements(of: Float.self)) {
      if other.isFinite { largest = max(largest, abs(Double(other))) }
      if value == other || (value.isNaN && other.isNaN) { continue }
      guard value.isFinite, other.isFinite else { return .infinity }
      difference = max(difference, abs(Double(value) - Double(other)))
    }
    if difference == 0 { return 0 }
    return largest > 0 ? difference / largest : .infinity
  }
}

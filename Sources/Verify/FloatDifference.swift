public import Tensor

/// How far values of floats are apart.
public enum FloatDifference {
  /// The largest difference of two values of one tensor, relative to the largest number of `expected`.
  ///
  /// 0 for equal bytes, equal NaNs included; infinite for values that differ and are not of floats, and
  /// where one is a NaN or infinite and the other is not.
  public static func relative(
    _ found: Bytes, _ expected: Bytes, _ element: ElementType
  ) -> Double {
    if found == expected { return 0 }
    guard element == .float32 else { return .infinity }
    let pairs = zip(found.elements(of: Float.self), expected.elements(of: Float.self))
    let largest = pairs.reduce(0) { max($0, abs(Double($1.1))) }
    var difference = 0.0
    for (value, other) in pairs where value.bitPattern != other.bitPattern {
      let apart = abs(Double(value) - Double(other))
      if !(apart < .infinity) { return .infinity }
      difference = max(difference, apart)
    }
    if difference == 0 { return 0 }
    return largest > 0 ? difference / largest : .infinity
  }
}

internal import Glibc

extension Double {
  /// The number rounded to three significant digits.
  package var threeDigits: String {
    guard isFinite, self != 0 else { return "\(self)" }
    let scale = pow(10, 2 - floor(log10(abs(self))))
    return scale.isFinite ? "\((self * scale).rounded() / scale)" : "\(self)"
  }
}

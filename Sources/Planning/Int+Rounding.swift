extension Int {
  /// The least multiple of `unit` that is as large.
  func roundedUp(to unit: Int) -> Int { (self + unit - 1) / unit * unit }
}

extension Double {
  /// The number in decimal, rounded to at most `decimals` places, without zeros at the end.
  func text(decimals: Int) -> String {
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let number = Int((self * Double(scale)).rounded())
    let fraction = number.magnitude % UInt(scale)
    var digits = String(fraction)
    digits = String(repeating: "0", count: decimals - min(decimals, digits.count)) + digits
    while digits.last == "0" { digits.removeLast() }
    let whole = "\(number < 0 ? "-" : "")\(number.magnitude / UInt(scale))"
    return fraction == 0 ? whole : "\(whole).\(digits)"
  }
}

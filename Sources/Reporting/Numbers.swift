extension Int {
  /// The number with a comma between thousands.
  public var grouped: String {
    let digits = String(magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return (self < 0 ? "-" : "") + text
  }

  /// The number with what it counts, in the plural but for one.
  func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }

  /// How far this is from `base`, in percent with one decimal and a sign.
  public func change(from base: Int) -> String {
    guard base != 0 else { return self == 0 ? "+0.0 %" : "n/a" }
    let tenths = Int((Double(self - base) * 1000 / Double(base)).rounded())
    let sign = tenths < 0 ? "-" : "+"
    return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10) %"
  }
}

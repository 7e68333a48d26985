internal import Glibc

/// An axis of a picture: numbers to places, and which of them are labelled.
struct PictureAxis {
  /// The labelled numbers, ascending.
  private(set) var ticks: [(value: Double, label: String)] = []
  private let low: Double
  private let high: Double
  private let from: Double
  private let to: Double
  /// What is laid out evenly: the number itself, or the logarithm of its distance to a number.
  private let scale: (Double) -> Double

  /// The fewest percent that an axis shows: what is next to nothing shall not look like much.
  private static let leastSpan = 4.0

  /// Where a number lies.
  func place(of value: Double) -> Double {
    from + (scale(value) - scale(low)) / (scale(high) - scale(low)) * (to - from)
  }

  /// An axis of bytes, logarithmic where the most is eight times the least or more.
  init(bytes: [Int], from: Double, to: Double) {
    let (least, most) = (Double(bytes.min() ?? 0), Double(bytes.max() ?? 1))
    let isLogarithmic = least > 0 && most >= 8 * least
    let margin = max((most - least) / 12, most / 16, 1)
    (self.from, self.to) = (from, to)
    scale = isLogarithmic ? { log2($0) } : { $0 }
    low = isLogarithmic ? least / 1.25 : max(0, least - margin)
    high = isLogarithmic ? most * 1.15 : most + margin
    var values: [Int] = []
    if isLogarithmic {
      let exponents = Int(log2(low).rounded(.up))...Int(log2(high).rounded(.down))
      values = exponents.filter { exponents.count < 10 || $0 % 2 == 0 }.map { 1 << $0 }
    } else {
      var step = 1
      while (high - low) / Double(step) > 8 { step *= 2 }
      values = (Int(low / Double(step)) + 1...max(Int(low / Double(step)) + 1, Int(high) / step))
        .map { $0 * step }
    }
    ticks = values.filter { Double($0) <= high }.map { (Double($0), Self.bytes($0)) }
  }

  /// An axis of shares in percent, logarithmic in what they are added to where the most is 400 % or more.
  init(shares: [Double], from: Double, to: Double) {
    let (least, most) = (min(0, (shares.min() ?? 0) * 100), max(0, (shares.max() ?? 0) * 100))
    (self.from, self.to) = (from, to)
    guard most < 400 || least <= -50 else {
      scale = { log2(1 + $0 / 100) }
      (low, high) = (least, most * 1.2)
      let values = (0...Int(log2(1 + most / 100))).map { ((1 << $0) - 1) * 100 }
      ticks = values.map { (Double($0), $0 == 0 ? "0 %" : "+\($0.grouped) %") }
      return
    }
    scale = { $0 }
    // A step of 1, 2 or 5 times a power of ten, so that there are five to ten.
    let span = max(most - least, Self.leastSpan)
    let exponent = Int(log10(span / 6).rounded(.down))
    let power = pow(10, Double(exponent))
    let step = ([1, 2, 5, 10].first { span / ($0 * power) <= 7 } ?? 10) * power
    let first = Int((least / step).rounded(.down))
    let last = Int(((least + 1.06 * span) / step).rounded(.up))
    (low, high) = (Double(first) * step, Double(last) * step)
    ticks = (first...last).map { index in
      let value = Double(index) * step
      return (value, "\(index > 0 ? "+" : "")\(value.text(decimals: max(0, -exponent))) %")
    }
  }

  /// A number of bytes as the command line takes it.
  private static func bytes(_ count: Int) -> String {
    if count > 0, count % (1 << 20) == 0 { return "\(count >> 20)M" }
    return count > 0 && count % 1024 == 0 ? "\(count >> 10)K" : count.grouped
  }
}

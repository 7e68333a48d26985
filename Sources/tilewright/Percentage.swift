import ArgumentParser

/// A share on the command line: 10%, or 10, or 0.5.
struct Percentage: ExpressibleByArgument {
  /// The share of the whole.
  let share: Double

  init?(argument: String) {
    let digits = argument.hasSuffix("%") ? argument.dropLast() : argument[...]
    guard let first = digits.first, first.isASCII, first.isNumber,
      digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(digits),
      number <= 1_000_000
    else { return nil }
    share = number / 100
  }
}

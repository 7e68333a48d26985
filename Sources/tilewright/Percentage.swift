import ArgumentParser

/// A share on the command line: 10%, or 10, or 0.5.
struct Percentage {
  /// The share of the whole.
  let share: Double

  /// Reads a share.
  init(parsing text: String) throws {
    let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
    guard let first = digits.first, first.isASCII, first.isNumber,
      digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(digits),
      number <= 1_000_000
    else { throw ValidationError("expected a percentage from 0 to 1000000, such as 10% or 0.5") }
    share = number / 100
  }
}

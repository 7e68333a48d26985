import ArgumentParser

/// A number of bytes on the command line: 65536, 64K (K is 1,024) or 1M (1,048,576).
struct ByteCount {
  let bytes: Int

  /// Reads a number of bytes.
  init(parsing text: String) throws {
    let units = ["K": 1 << 10, "k": 1 << 10, "M": 1 << 20]
    let unit = text.last.flatMap { units[String($0)] }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard let number = Int(digits), number >= 0,
      case (let bytes, false) = number.multipliedReportingOverflow(by: unit ?? 1)
    else {
      throw ValidationError("expected a number of bytes, 0 or more, such as 65536, 64K or 1M")
    }
    self.bytes = bytes
  }
}

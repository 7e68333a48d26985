import ArgumentParser

/// A number of bytes on the command line: 65536, 64K (K is 1,024) or 1M (1,048,576).
struct ByteCount: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let units = ["K": 1 << 10, "k": 1 << 10, "M": 1 << 20]
    let unit = argument.last.flatMap { units[String($0)] }
    let digits = unit == nil ? argument[...] : argument.dropLast()
    guard let number = Int(digits), number >= 0 else { return nil }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: unit ?? 1)
    if overflows { return nil }
    self.bytes = bytes
  }
}

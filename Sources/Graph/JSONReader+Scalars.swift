extension JSONReader {
  /// The first byte of what comes next, after blanks; `nil` at the end.
  mutating func next() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        position += 1
      default: return bytes[position]
      }
    }
    return nil
  }

  /// Whether `byte` comes next; it is then read.
  mutating func take(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    position += 1
    return true
  }

  /// Whether `word` comes next; it is then read.
  mutating func take(word: StaticString) -> Bool {
    guard next() != nil else { return false }
    return word.withUTF8Buffer { letters in
      guard bytes[position...].starts(with: letters) else { return false }
      position += letters.count
      return true
    }
  }

  /// Whether null comes next; it is then read.
  package mutating func takeNull() -> Bool { take(word: "null") }

  /// Whether a number comes next.
  mutating func isAtNumber() -> Bool {
    guard let byte = next() else { return false }
    return byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Reads an integer.
  package mutating func integer() throws(JSONError) -> Int {
    guard isAtNumber() else { throw mismatched("an integer") }
    let start = position
    try number()
    let isNegative = bytes[start] == UInt8(ascii: "-")
    // Below zero there is one number more than above.
    var value = 0
    for byte in bytes[(isNegative ? start + 1 : start)..<position] {
      let (tens, isTooLong) = value.multipliedReportingOverflow(by: 10)
      let (next, isTooLow) = tens.subtractingReportingOverflow(Int(byte) - 48)
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), !isTooLong, !isTooLow else {
        throw noInteger(start)
      }
      value = next
    }
    if isNegative { return value }
    guard value != .min else { throw noInteger(start) }
    return -value
  }

  private func noInteger(_ start: Int) -> JSONError {
    let text = String(decoding: bytes[start..<position].prefix(40), as: UTF8.self)
    return refused("expected an integer, found \(text)")
  }

  /// Reads past a number of any kind.
  mutating func number() throws(JSONError) {
    _ = take(UInt8(ascii: "-"))
    if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
      position += 1
    } else {
      try digits()
    }
    if takeNow(UInt8(ascii: ".")) { try digits() }
    if takeNow(UInt8(ascii: "e")) || takeNow(UInt8(ascii: "E")) {
      if !takeNow(UInt8(ascii: "+")) { _ = takeNow(UInt8(ascii: "-")) }
      try digits()
    }
  }

  /// Reads one digit or more.
  private mutating func digits() throws(JSONError) {
    let start = position
    while position < bytes.count,
      UInt8(ascii: "0") <= bytes[position], bytes[position] <= UInt8(ascii: "9")
    { position += 1 }
    if position == start { throw malformed("a digit") }
  }

  /// Whether `byte` follows without blanks; it is then read.
  private mutating func takeNow(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Reads one of the words that `Choice` knows.
  package mutating func choice<Choice>(
    _ type: Choice.Type
  ) throws(JSONError) -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let word = try string()
    guard let choice = Choice(rawValue: word) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw refused("expected one of \(known), found \(word)")
    }
    return choice
  }

  /// Reads a string.
  package mutating func string() throws(JSONError) -> String {
    guard take(UInt8(ascii: "\"")) else { throw mismatched("a string") }
    var start = position
    /// What comes before `start`, where something was escaped.
    var unescaped: [UInt8] = []
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let rest = bytes[start..<position]
        position += 1
        let string =
          unescaped.isEmpty
          ? String(validating: rest, as: UTF8.self)
          : String(validating: unescaped + rest, as: UTF8.self)
        guard let string else { throw refused("expected a string in UTF-8") }
        return string
      case UInt8(ascii: "\\"):
        unescaped += bytes[start..<position]
        position += 1
        unescaped += String(try escape()).utf8
        start = position
      case 0..<UInt8(ascii: " "): throw malformed("an escape")
      default: position += 1
      }
    }
    throw malformed("\"")
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    guard position < bytes.count else { throw malformed("an escape") }
    position += 1
    switch bytes[position - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try codeUnit()
      guard UTF16.isLeadSurrogate(unit) else {
        guard let scalar = Unicode.Scalar(unit) else { throw malformed("a leading surrogate") }
        return scalar
      }
      guard takeNow(UInt8(ascii: "\\")), takeNow(UInt8(ascii: "u")) else {
        throw malformed("a trailing surrogate")
      }
      let trail = try codeUnit()
      guard UTF16.isTrailSurrogate(trail) else { throw malformed("a trailing surrogate") }
      let scalar = Unicode.Scalar(
        0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(trail & 0x3FF)))
      guard let scalar else { throw malformed("a trailing surrogate") }
      return scalar
    default:
      position -= 1
      throw malformed("an escape")
    }
  }

  /// Reads four hexadecimal digits.
  private mutating func codeUnit() throws(JSONError) -> UInt16 {
    guard position + 4 <= bytes.count,
      bytes[position..<position + 4].allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw malformed("four hexadecimal digits") }
    position += 4
    return unit
  }
}

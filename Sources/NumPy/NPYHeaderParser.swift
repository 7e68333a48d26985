internal import Tensor

/// Reads the dict literal in the header of an .npy file; its keys may come in any order.
///
/// It takes what Python prints for such a dict, with any spaces between the tokens, and no more:
/// no comments, no escapes, no other spellings of numbers.
struct NPYHeaderParser {
  /// The values of the dict, and where two of them stand.
  struct Fields {
    var element: ElementType
    var isFortranOrder: Bool
    var fortranOrderOffset: Int
    var extents: [Int]
    var shapeOffset: Int
  }

  private let reader: ByteReader
  private let end: Int
  private var offset: Int

  /// Prepares to read the literal in `text`, a range of the reader's bytes.
  init(_ reader: ByteReader, _ text: Range<Int>) {
    self.reader = reader
    offset = text.lowerBound
    end = text.upperBound
  }

  /// Reads all of the text.
  mutating func parse() throws(NumPyError) -> Fields {
    let start = offset
    var element: ElementType?
    var order: (isFortran: Bool, offset: Int)?
    var shape: (extents: [Int], offset: Int)?

    try expect("{", .openingBrace)
    while !take("}") {
      let (key, keyOffset) = try parseKey()
      try expect(":", .colon)
      skipSpaces()
      let valueOffset = offset
      switch key {
      case .descr where element == nil: element = try parseElement()
      case .fortranOrder where order == nil: order = (try parseTruth(), valueOffset)
      case .shape where shape == nil: shape = (try parseExtents(), valueOffset)
      case .descr, .fortranOrder, .shape: throw .duplicateKey(reader.place(keyOffset), key)
      }
      guard take(",") || isNext("}") else { throw malformed(.commaOrClosingBrace) }
    }
    skipSpaces()
    guard offset == end else { throw malformed(.padding) }

    guard let element else { throw .missingKey(reader.place(start), .descr) }
    guard let order else { throw .missingKey(reader.place(start), .fortranOrder) }
    guard let shape else { throw .missingKey(reader.place(start), .shape) }
    return Fields(
      element: element, isFortranOrder: order.isFortran, fortranOrderOffset: order.offset,
      extents: shape.extents, shapeOffset: shape.offset)
  }

  private mutating func parseKey() throws(NumPyError) -> (key: NPYHeaderKey, offset: Int) {
    skipSpaces()
    let start = offset
    let text = try parseQuoted(.key)
    guard let key = NPYHeaderKey(rawValue: text) else {
      throw .unknownKey(reader.place(start), found: text)
    }
    return (key, start)
  }

  private mutating func parseElement() throws(NumPyError) -> ElementType {
    let start = offset
    if isNext("[") || isNext("(") {
      throw .unsupportedElement(reader.place(start), .structured, found: excerpt(start))
    }
    let text = try parseQuoted(.typeCode)
    guard let element = ElementType.reading(npyDescriptor: text) else {
      throw .unsupportedElement(
        reader.place(start), UnsupportedElement(npyDescriptor: text), found: text)
    }
    return element
  }

  private mutating func parseTruth() throws(NumPyError) -> Bool {
    if take("True") { return true }
    if take("False") { return false }
    throw malformed(.truth)
  }

  private mutating func parseExtents() throws(NumPyError) -> [Int] {
    try expect("(", .openingParenthesis)
    var extents: [Int] = []
    while !take(")") {
      extents.append(try parseExtent())
      if take(",") { continue }
      guard isNext(")") else { throw malformed(.commaOrClosingParenthesis) }
      guard extents.count > 1 else { throw malformed(.commaAfterOnlyExtent) }
    }
    return extents
  }

  private mutating func parseExtent() throws(NumPyError) -> Int {
    skipSpaces()
    let start = offset
    var value = 0
    while offset < end, case let digit = Int(reader.bytes.buffer[offset]) - 48,
      (0...9).contains(digit)
    {
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, stillTooLarge) = product.addingReportingOverflow(digit)
      guard !tooLarge, !stillTooLarge else { throw malformed(.extent, at: start) }
      value = sum
      offset += 1
    }
    let hasLeadingZero = offset - start > 1 && reader.bytes.buffer[start] == UInt8(ascii: "0")
    guard offset > start, !hasLeadingZero else { throw malformed(.extent, at: start) }
    return value
  }

  /// The text between two equal quotes, single or double; backslashes mean nothing special.
  private mutating func parseQuoted(_ expected: NPYHeaderSyntax) throws(NumPyError) -> String {
    guard isNext("'") || isNext("\"") else { throw malformed(expected) }
    let quote = reader.bytes.buffer[offset]
    offset += 1
    let start = offset
    while offset < end, reader.bytes.buffer[offset] != quote { offset += 1 }
    guard offset < end else { throw malformed(.closingQuote, at: start) }
    defer { offset += 1 }
    return String(decoding: reader.bytes.buffer[start..<offset], as: UTF8.self)
  }

  private mutating func skipSpaces() {
    while offset < end {
      switch reader.bytes.buffer[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        offset += 1
      default: return
      }
    }
  }

  /// Whether `token` comes next, after any spaces.
  private mutating func isNext(_ token: StaticString) -> Bool {
    skipSpaces()
    let text = UnsafeBufferPointer(start: token.utf8Start, count: token.utf8CodeUnitCount)
    return reader.bytes.buffer[offset..<end].starts(with: text)
  }

  /// Steps over `token` if it comes next.
  private mutating func take(_ token: StaticString) -> Bool {
    guard isNext(token) else { return false }
    offset += token.utf8CodeUnitCount
    return true
  }

  private mutating func expect(
    _ token: StaticString, _ expected: NPYHeaderSyntax
  ) throws(NumPyError) {
    guard take(token) else { throw malformed(expected) }
  }

  private func malformed(_ expected: NPYHeaderSyntax, at start: Int? = nil) -> NumPyError {
    .malformedHeader(
      reader.place(start ?? offset), expected: expected, found: excerpt(start ?? offset))
  }

  /// The beginning of the text from `start`.
  private func excerpt(_ start: Int) -> String {
    String(decoding: reader.bytes.buffer[start..<min(end, start + 24)], as: UTF8.self)
  }
}

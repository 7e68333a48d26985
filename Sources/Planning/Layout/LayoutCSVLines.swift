/// One line of a table.
struct LayoutCSVLine {
  /// Its number, from 1.
  let number: Int
  /// What lies between commas, without spaces around it.
  let fields: [String]
}

/// The lines of a table that are not empty, one after the other.
struct LayoutCSVLines {
  private var rest: ArraySlice<UInt8>
  private var number = 0

  /// Reads text in UTF-8, with or without a byte order mark.
  init(_ text: [UInt8]) {
    rest = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...]
  }

  /// The next line that holds anything; `nil` after the last.
  mutating func next() throws(LayoutCSVError) -> LayoutCSVLine? {
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      var line = rest[rest.startIndex..<end]
      rest = rest[min(end + 1, rest.endIndex)...]
      if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
      var fields: [String] = []
      for field in line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        let text = Self.trimmed(field)
        guard let text = String(validating: text, as: UTF8.self) else {
          throw LayoutCSVError(
            line: number, expected: "text in UTF-8", found: "\(text.prefix(16).map { $0 })")
        }
        fields.append(text)
      }
      return LayoutCSVLine(number: number, fields: fields)
    }
    return nil
  }

  /// The bytes without spaces around them.
  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isText: (UInt8) -> Bool = { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    guard let first = text.firstIndex(where: isText), let last = text.lastIndex(where: isText)
    else { return [] }
    return text[first...last]
  }
}

/// Reads a JSON document front to back, and nothing that is not strictly JSON.
///
/// Who reads asks for what should come next, and is told the path of what comes instead. Keys are known
/// and given once, numbers are integers of 64 bits, and values nest at most `deepest` levels deep.
///
/// - Complexity: linear in the document.
package struct JSONReader {
  /// How deep a value may lie in objects and arrays.
  package static let deepest = 64

  /// A step on the way from the root to a value.
  private enum PathPart {
    case key(String)
    case index(Int)
  }

  let bytes: [UInt8]
  /// The next byte to read.
  var position = 0
  private var path: [PathPart] = []

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads a document whose key `format` names `format`.
  ///
  /// That the text is JSON, and which format it is in, is looked at first: what another format has in
  /// other places is no fault of its own.
  package static func read<Value>(
    _ bytes: [UInt8], format: String,
    _ body: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    var found: String?
    try read(bytes) { json throws(JSONError) in
      try json.members { key, json throws(JSONError) in
        if key == "format" { found = try json.string() } else { try json.skip() }
      }
    }
    guard let found else {
      throw JSONError(path: "", complaint: "expected the key format, found none")
    }
    guard found == format else {
      throw JSONError(path: "", complaint: "format: expected \(format), found \(found)")
    }
    return try read(bytes, body)
  }

  /// Reads a document: one value, and nothing after it.
  package static func read<Value>(
    _ bytes: [UInt8], _ body: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    var reader = JSONReader(bytes)
    let value = try body(&reader)
    guard reader.next() == nil else { throw reader.malformed("the end of the document") }
    return value
  }

  /// Reads an object: `body` is called with each key and reads its value.
  ///
  /// - Throws: also for unknown keys, for one that is given twice, and for one that is left out.
  package mutating func object<Key: JSONKey>(
    _ keys: Key.Type, _ body: (Key, inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    let known = Array(keys.allCases)
    var given: UInt64 = 0
    try members { name, json throws(JSONError) in
      guard let place = known.firstIndex(where: { $0.rawValue == name }) else {
        let names = known.map(\.rawValue).sorted().joined(separator: ", ")
        throw json.refused("unknown key; known are \(names)")
      }
      guard given & 1 << place == 0 else { throw json.refused("the key is given twice") }
      given |= 1 << place
      if known[place].isOptional && json.takeNull() { return }
      try body(known[place], &json)
    }
    for (place, key) in known.enumerated() where given & 1 << place == 0 && !key.isOptional {
      throw refused("expected the key \(key.rawValue), found none")
    }
  }

  /// Reads an object of any keys: `body` is called with each and reads its value.
  package mutating func members(
    _ body: (String, inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard take(UInt8(ascii: "{")) else { throw mismatched("an object") }
    if take(UInt8(ascii: "}")) { return }
    repeat {
      guard next() == UInt8(ascii: "\"") else { throw malformed("a key in quotes") }
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw malformed("a colon") }
      try enter(.key(key))
      try body(key, &self)
      path.removeLast()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw malformed("a comma or }") }
  }

  /// Reads an array: `body` is called for each element and reads it.
  package mutating func array<Element>(
    _ body: (inout JSONReader) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    guard take(UInt8(ascii: "[")) else { throw mismatched("an array") }
    var elements: [Element] = []
    if take(UInt8(ascii: "]")) { return elements }
    repeat {
      try enter(.index(elements.count))
      elements.append(try body(&self))
      path.removeLast()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw malformed("a comma or ]") }
    return elements
  }

  /// Reads any value and forgets it.
  package mutating func skip() throws(JSONError) {
    switch next() {
    case UInt8(ascii: "{"): try members { _, json throws(JSONError) in try json.skip() }
    case UInt8(ascii: "["): _ = try array { json throws(JSONError) in try json.skip() }
    case UInt8(ascii: "\""): _ = try string()
    default:
      if isAtNumber() { return try number() }
      guard take(word: "null") || take(word: "true") || take(word: "false") else {
        throw malformed("a value")
      }
    }
  }

  private mutating func enter(_ part: PathPart) throws(JSONError) {
    guard path.count < Self.deepest else {
      throw refused("values nest deeper than \(Self.deepest) levels")
    }
    path.append(part)
  }
}

extension JSONReader {
  /// A complaint about the value that is being read.
  package func refused(_ complaint: String) -> JSONError {
    let text = path.reduce("") { text, part in
      switch part {
      case .key(let key): text.isEmpty ? key : "\(text).\(key)"
      case .index(let index): "\(text)[\(index)]"
      }
    }
    return JSONError(path: text, complaint: complaint)
  }

  /// A complaint about a value of another kind than was asked for.
  func mismatched(_ expected: String) -> JSONError {
    refused("expected \(expected), found \(nextKind())")
  }

  /// A complaint about text that is no JSON.
  func malformed(_ expected: String) -> JSONError {
    let found = nextKind()
    let lines = bytes[..<position].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return refused(
      "line \(lines.count), column \((lines.last?.count ?? 0) + 1): "
        + "expected \(expected), found \(found)")
  }

  /// What comes next, in words.
  private func nextKind() -> String {
    guard position < bytes.count else { return "the end of the document" }
    switch bytes[position] {
    case UInt8(ascii: "{"): return "an object"
    case UInt8(ascii: "["): return "an array"
    case UInt8(ascii: "\""): return "a string"
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return "a number"
    case let byte:
      for word in ["null", "true", "false"] where bytes[position...].starts(with: word.utf8) {
        return word
      }
      let isVisible = (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte)
      return isVisible ? String(UnicodeScalar(byte)) : "byte \(byte)"
    }
  }
}

import Graph
import Testing

/// What is JSON and what is not, by the grammar of RFC 8259.
@Suite struct JSONReaderTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-0", "12.5e-3", "1E9", "\"\"", "[]", "{}", " [ 1 , 2 ] \n",
    "{\"a\":{\"b\":[null]}}", "\"\\u0000\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"é😀\"",
    String(repeating: "[", count: 64) + String(repeating: "]", count: 64),
  ]) func whatIsJSONIsRead(_ text: String) throws {
    try JSONReader.read(Array(text.utf8)) { json throws(JSONError) in try json.skip() }
  }

  @Test(arguments: [
    ("", "line 1, column 1: expected a value, found the end of the document"),
    ("nul", "line 1, column 1: expected a value, found n"),
    ("[1,]", "line 1, column 4: expected a value, found ]"),
    ("[1 2]", "line 1, column 4: expected a comma or ], found a number"),
    ("{\n  \"a\" 1}", "line 2, column 7: expected a colon, found a number"),
    ("{\"a\": 1,}", "line 1, column 9: expected a key in quotes, found }"),
    ("{a: 1}", "line 1, column 2: expected a key in quotes, found a"),
    ("01", "line 1, column 2: expected the end of the document, found a number"),
    ("-", "line 1, column 2: expected a digit, found the end of the document"),
    ("[1.]", "line 1, column 4: expected a digit, found ]"),
    ("1e", "line 1, column 3: expected a digit, found the end of the document"),
    ("+1", "line 1, column 1: expected a value, found +"),
    ("\"a\nb\"", "line 1, column 3: expected an escape, found byte 10"),
    ("\"\\x\"", "line 1, column 3: expected an escape, found x"),
    ("\"\\u12g4\"", "line 1, column 4: expected four hexadecimal digits, found a number"),
    ("\"\\ud83d\"", "line 1, column 8: expected a trailing surrogate, found a string"),
    ("\"\\ude00\"", "line 1, column 8: expected a leading surrogate, found a string"),
    ("\"abc", "line 1, column 5: expected \", found the end of the document"),
    ("true false", "line 1, column 6: expected the end of the document, found false"),
  ]) func whatIsNoJSONIsRefused(_ text: String, _ complaint: String) {
    let error = #expect(throws: JSONError.self) {
      try JSONReader.read(Array(text.utf8)) { json throws(JSONError) in try json.skip() }
    }
    #expect(error?.complaint == complaint)
  }

  @Test func whatNestsTooDeepIsRefused() {
    let error = #expect(throws: JSONError.self) {
      try JSONReader.read([UInt8](repeating: UInt8(ascii: "["), count: 100_000)) {
        json throws(JSONError) in try json.skip()
      }
    }
    #expect(error?.complaint == "values nest deeper than 64 levels")
  }

  @Test(arguments: [
    ("\"\\ud83d\\ude00 \\u00e9\\u0041\"", "😀 éA"),
    ("\"\\\\\\\"\\/\\b\\f\\n\\r\\t\"", "\\\"/\u{8}\u{C}\n\r\t"),
    ("\"t1.whole\"", "t1.whole"),
  ]) func stringsAreUnescaped(_ text: String, _ expected: String) throws {
    let string = try JSONReader.read(Array(text.utf8)) { json throws(JSONError) in
      try json.string()
    }
    #expect(string == expected)
  }

  @Test(arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]])
  func stringsThatAreNoUTF8AreRefused(_ bytes: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    #expect(throws: JSONError(path: "", complaint: "expected a string in UTF-8")) {
      try JSONReader.read([quote] + bytes + [quote]) { json throws(JSONError) in
        try json.string()
      }
    }
  }

  @Test(arguments: [Int.min, -1, 0, 1, Int.max]) func integersComeBack(_ number: Int) throws {
    let read = try JSONReader.read(Array("\(number)".utf8)) { json throws(JSONError) in
      try json.integer()
    }
    #expect(read == number)
  }
}

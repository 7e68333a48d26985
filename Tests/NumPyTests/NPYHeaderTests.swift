import NumPy
import Tensor
import Testing

@Suite struct NPYHeaderTests {
  private static func dict(_ descr: String, _ order: String = "False", _ shape: String = "(2,)")
    -> String
  { "{'descr': \(descr), 'fortran_order': \(order), 'shape': \(shape), }" }

  @Test(
    arguments: [
      ("'|b1'", .bool), ("'|i1'", .int8), ("'<i1'", .int8), ("'>u1'", .uint8), ("'=u1'", .uint8),
      ("'<i2'", .int16), ("'=i2'", .int16), ("'<u4'", .uint32), ("\"<f2\"", .float16),
      ("'=f8'", .float64),
    ] as [(String, ElementType)])
  func readsTypeCodes(code: String, element: ElementType) throws {
    let payload = [UInt8](repeating: 0, count: 2 * element.sizeInBytes)
    #expect(try NPYArray(parsing: npy(Self.dict(code), payload)).element == element)
  }

  @Test(
    arguments: [
      ("'>i2'", .bigEndian), ("'>f8'", .bigEndian), ("'>c16'", .bigEndian), ("'|O'", .object),
      ("'|i2'", .other), ("'<c8'", .other), ("'<U3'", .other), ("'|S3'", .other),
      ("'|V2'", .other), ("'<M8[s]'", .other), ("'<f16'", .other), ("'i2'", .other),
      ("''", .other), ("'<'", .other), ("'<é2'", .other),
    ] as [(String, UnsupportedElement)])
  func refusesOtherTypeCodes(code: String, reason: UnsupportedElement) {
    let found = String(code.dropFirst().dropLast())
    #expect(
      throws: NumPyError.unsupportedElement(
        NumPyPlace(offset: headerStart + 10), reason, found: found)
    ) { try NPYArray(parsing: npy(Self.dict(code))) }
  }

  @Test(arguments: ["[('a', '<i4'), ('b', '|u1')]", "('<i4', (2, 2))"])
  func refusesStructuredTypes(code: String) {
    #expect(
      throws: NumPyError.unsupportedElement(
        NumPyPlace(offset: headerStart + 10), .structured,
        found: String(Self.dict(code).dropFirst(10).prefix(24)))
    ) { try NPYArray(parsing: npy(Self.dict(code))) }
  }

  @Test(
    arguments: [
      "{'shape': (2,), 'fortran_order': False, 'descr': '|u1'}",
      "{\"fortran_order\":True,\"descr\":\"|u1\",\"shape\":(2,)}\n",
      " { 'descr' : '|u1' ,\t'fortran_order' : False,\n'shape': ( 2 , ) , } \r\n",
      "{'descr': '|u1', 'fortran_order': True, 'shape': (1, 2, 1)}",
    ])
  func readsAnyOrderAndSpacing(header: String) throws {
    let array = try NPYArray(parsing: npy(header, [5, 6]))
    #expect(array.shape.count == 2)
    #expect(array.bytes.elements(of: UInt8.self) == [5, 6])
  }

  @Test(
    arguments: [
      ("()", []), ("( )", []), ("(0,)", [0]), ("(1, 0)", [1, 0]), ("(0,1,)", [0, 1]),
      ("(1,1 , 1)", [1, 1, 1]), ("(9223372036854775807, 0)", nil),
    ] as [(String, [Int]?)])
  func readsShapes(text: String, extents: [Int]?) throws {
    let file = npy(Self.dict("'|u1'", "False", text), extents?.contains(0) ?? false ? [] : [1])
    if let extents {
      #expect(try NPYArray(parsing: file).shape.extents == extents)
    } else {
      #expect(throws: NumPyError.self) { try NPYArray(parsing: file) }
    }
  }

  @Test(
    arguments: [
      ("(1)", .commaAfterOnlyExtent, 2), ("(-1,)", .extent, 1), ("(01,)", .extent, 1),
      ("(1_0,)", .commaOrClosingParenthesis, 2), ("(0x1,)", .commaOrClosingParenthesis, 2),
      ("(1L,)", .commaOrClosingParenthesis, 2), ("(+1,)", .extent, 1),
      ("(1.0,)", .commaOrClosingParenthesis, 2),
      ("(,)", .extent, 1), ("(1,,)", .extent, 3), ("(True,)", .extent, 1),
      ("(1, 2", .extent, 7),
      ("[1]", .openingParenthesis, 0), ("1", .openingParenthesis, 0),
      ("None", .openingParenthesis, 0),
      ("(9223372036854775808,)", .extent, 1), ("(99999999999999999999999,)", .extent, 1),
    ] as [(String, NPYHeaderSyntax, Int)])
  func refusesMalformedShapes(text: String, expected: NPYHeaderSyntax, offset: Int) {
    let header = Self.dict("'|u1'", "False", text)
    let start = Self.dict("'|u1'", "False", "").utf8.count - 3 + offset
    #expect(
      throws: NumPyError.malformedHeader(
        NumPyPlace(offset: headerStart + start), expected: expected,
        found: String(header.dropFirst(start).prefix(24)))
    ) { try NPYArray(parsing: npy(header)) }
  }

  @Test(
    arguments: [
      ("", .openingBrace), ("[]", .openingBrace), ("{", .key), ("{,}", .key), ("{descr: 1}", .key),
      ("{'descr", .closingQuote), ("{'descr'", .colon), ("{'descr' '|u1'}", .colon),
      ("{'descr': }", .typeCode), ("{'descr': |u1}", .typeCode), ("{'descr': '|u1}", .closingQuote),
      ("{'descr': None}", .typeCode), ("{'fortran_order': 0}", .truth),
      ("{'fortran_order': true}", .truth), ("{'descr': '|u1' 'shape': ()}", .commaOrClosingBrace),
      ("{'descr': '|u1',, 'shape': ()}", .key), ("{'descr': '|u1'", .commaOrClosingBrace),
      (dict("'|u1'") + "x", .padding), (dict("'|u1'") + "\0", .padding),
      (dict("'|u1'") + "# c", .padding),
    ] as [(String, NPYHeaderSyntax)])
  func refusesMalformedDicts(header: String, expected: NPYHeaderSyntax) throws {
    let error = #expect(throws: NumPyError.self) { try NPYArray(parsing: npy(header)) }
    guard case .malformedHeader(_, expected, _) = try #require(error) else {
      Issue.record("expected \(expected), found \(String(describing: error))")
      return
    }
  }

  @Test func refusesWrongKeys() {
    func place(_ offset: Int) -> NumPyPlace { NumPyPlace(offset: headerStart + offset) }
    #expect(throws: NumPyError.unknownKey(place(1), found: "Shape")) {
      try NPYArray(parsing: npy("{'Shape': ()}"))
    }
    #expect(throws: NumPyError.duplicateKey(place(14), .shape)) {
      try NPYArray(parsing: npy("{'shape': (), 'shape': ()}"))
    }
    #expect(throws: NumPyError.missingKey(place(0), .descr)) {
      try NPYArray(parsing: npy("{'shape': (), 'fortran_order': True}"))
    }
    #expect(throws: NumPyError.missingKey(place(0), .fortranOrder)) {
      try NPYArray(parsing: npy("{'shape': (), 'descr': '|i1'}"))
    }
    #expect(throws: NumPyError.missingKey(place(0), .shape)) {
      try NPYArray(parsing: npy("{'descr': '|i1', 'fortran_order': True}"))
    }
  }

  @Test func refusesColumnMajorOrder() {
    #expect(
      throws: NumPyError.fortranOrder(NumPyPlace(offset: headerStart + 34), Shape(2, 3))
    ) { try NPYArray(parsing: npy(Self.dict("'|u1'", "True", "(2, 3)"), [1, 2, 3, 4, 5, 6])) }
  }

  @Test func refusesTooManyElements() {
    let extents = [1 << 40, 1 << 40]
    #expect(
      throws: NumPyError.tooManyElements(NumPyPlace(offset: headerStart + 50), extents: extents)
    ) {
      try NPYArray(
        parsing: npy(Self.dict("'|u1'", "False", "(\(extents[0]), \(extents[1]))")))
    }
  }

  @Test(arguments: [0, 1, 3, 64])
  func refusesMoreAndLessData(count: Int) {
    let header = Self.dict("'|u1'")
    #expect(
      throws: NumPyError.payloadSize(
        NumPyPlace(offset: headerStart + header.utf8.count), .uint8, Shape(2), expected: 2,
        found: count)
    ) { try NPYArray(parsing: npy(header, [UInt8](repeating: 0, count: count))) }
  }

  @Test(arguments: [(0, 0), (1, 1), (2, 7), (4, 0), (255, 255)] as [(UInt8, UInt8)])
  func refusesOtherVersions(major: UInt8, minor: UInt8) {
    var file = NPYGolden.saved[0].file
    (file[6], file[7]) = (major, minor)
    #expect(
      throws: NumPyError.unsupportedVersion(NumPyPlace(offset: 6), major: major, minor: minor)
    ) { try NPYArray(parsing: Bytes(copying: file)) }
  }

  @Test func refusesOtherFiles() {
    #expect(throws: NumPyError.notNPY(NumPyPlace(offset: 0), found: Array("PK\u{3}\u{4}-\0".utf8)))
    {
      try NPYArray(parsing: Bytes(copying: NPZGolden.current.file))
    }
    #expect(
      throws: NumPyError.truncated(
        NumPyPlace(offset: 12), .npyHeader, expected: 0xFFFF_FFFF, found: 2)
    ) {
      try NPYArray(
        parsing: Bytes(
          copying: [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255] + Array("{}".utf8)))
    }
  }
}

import NumPy
import Tensor
import Testing

@Suite struct NumPyErrorTests {
  private static let place = NumPyPlace(member: "c0_in0", offset: 64)

  @Test(
    arguments: [
      (
        .truncated(place, .npyHeader, expected: 118, found: 3),
        "expected 118 bytes of the .npy header, found 3; the file is cut short or damaged: "
          + "copy it again, or write it again with numpy"
      ),
      (
        .payloadSize(place, .int8, Shape(1, 49, 10, 1), expected: 490, found: 489),
        "expected 490 bytes of data for int8[1,49,10,1], found 489; the file is cut short: "
          + "copy it again, or write it again with numpy.save"
      ),
      (
        .compressed(place, method: 8),
        "expected a stored member, found one compressed by method 8; "
          + "save with numpy.savez, not numpy.savez_compressed"
      ),
      (
        .unsupportedElement(place, .bigEndian, found: ">i4"),
        "expected elements of type |b1 |i1 |u1 <i2 <u2 <i4 <u4 <i8 <u8 <f2 <f4 <f8, "
          + "found \">i4\"; save array.astype(array.dtype.newbyteorder('<'))"
      ),
      (
        .fortranOrder(place, Shape(2, 3)),
        "expected elements of shape [2,3] in row-major (C) order, "
          + "found column-major (Fortran) order; save numpy.ascontiguousarray(array)"
      ),
      (
        .notNPY(place, found: Array("PK\u{3}\u{4}".utf8)),
        "expected an .npy file, which starts 93 4E 55 4D 50 59, found 50 4B 03 04; "
          + "open it as an .npz archive"
      ),
      (
        .checksum(place, expected: 0x0102_0304, found: 0xF0),
        "expected data of CRC-32 04 03 02 01, found F0 00 00 00; the file is cut short or "
          + "damaged: copy it again, or write it again with numpy"
      ),
    ] as [(NumPyError, String)])
  func describes(error: NumPyError, text: String) {
    #expect("\(error)" == "member \"c0_in0\", byte 64: " + text)
    #expect(error.place == Self.place)
  }

  @Test func staysShortAndOnOneLine() {
    let text = String(repeating: "line\n\u{1B}[31m", count: 10_000)
    let extents = [Int](repeating: 1 << 40, count: 10_000)
    let errors: [NumPyError] = [
      .unknownKey(NumPyPlace(offset: 0), found: text),
      .tooManyElements(NumPyPlace(offset: 0), extents: extents),
      .otherName(NumPyPlace(offset: 0), found: Array(text.utf8)),
      .memberName(NumPyPlace(offset: 0), found: Array(text.utf8)),
    ]
    for error in errors {
      #expect(error.description.utf8.count < 1_000)
      #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }
  }
}

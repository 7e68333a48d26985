internal import Tensor

/// Little-endian numbers of a file, or of one member of an archive; offsets count from its start.
struct ByteReader {
  let bytes: Bytes
  /// The archive member these are the bytes of, for messages.
  let member: String?
  /// Where in the whole file the bytes start, for messages.
  let origin: Int

  init(_ bytes: Bytes, member: String? = nil, origin: Int = 0) {
    self.bytes = bytes
    self.member = member
    self.origin = origin
  }

  /// The place of `offset` in the whole file; `member` where the reader itself has none.
  func place(_ offset: Int, member: String? = nil) -> NumPyPlace {
    NumPyPlace(member: member ?? self.member, offset: origin + offset)
  }

  /// The range of `count` bytes from `offset`, which ends at `limit` or before.
  ///
  /// - Precondition: `0 <= offset`, and `limit` is at most the number of bytes.
  func range(
    of part: NumPyPart, at offset: Int, count: UInt64, limit: Int, member: String? = nil
  ) throws(NumPyError) -> Range<Int> {
    let available = max(0, limit - offset)
    guard count <= UInt64(available) else {
      throw .truncated(
        place(offset, member: member), part, expected: count, found: UInt64(available))
    }
    return offset..<offset + Int(count)
  }

  /// The number of `count` bytes at `offset`.
  ///
  /// - Precondition: all of it lies inside the bytes, and `count` is at most 8.
  func number(at offset: Int, count: Int) -> UInt64 {
    precondition(
      offset >= 0 && count <= 8 && offset <= bytes.count - count, "the number lies inside")
    let buffer = bytes.buffer
    var number: UInt64 = 0
    for position in stride(from: offset + count - 1, through: offset, by: -1) {
      number = number << 8 | UInt64(buffer[position])
    }
    return number
  }

  /// A copy of up to `limit` bytes from `offset`, for messages.
  ///
  /// - Precondition: `offset` lies inside the bytes or at their end.
  func copy(from offset: Int, limit: Int) -> [UInt8] {
    Array(bytes.buffer[offset..<min(bytes.count, offset + limit)])
  }

  /// Refuses a part whose first 4 bytes are not its signature.
  func checkSignature(
    _ expected: UInt64, of part: NumPyPart, at offset: Int, member: String? = nil
  ) throws(NumPyError) {
    let found = number(at: offset, count: 4)
    guard found == expected else {
      throw .signature(
        place(offset, member: member), part, expected: UInt32(truncatingIfNeeded: expected),
        found: UInt32(truncatingIfNeeded: found))
    }
  }

  /// Refuses a number that contradicts the rest of the archive.
  func check(
    _ field: NumPyField, at offset: Int, expected: UInt64, found: UInt64, member: String? = nil
  ) throws(NumPyError) {
    guard found == expected else {
      throw .contradiction(
        place(offset, member: member), field, expected: expected, found: found)
    }
  }
}

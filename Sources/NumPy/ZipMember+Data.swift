internal import Tensor

extension ZipMember {
  private static let headerSignature: UInt64 = 0x0403_4B50
  private static let headerSizeInBytes = 30
  /// The sizes and the checksum follow the data, and the local header leaves them out.
  private static let deferredFlag: UInt64 = 1 << 3

  /// Reads the local header, which must agree with the directory entry; all ends at `limit`.
  func locate(
    in reader: ByteReader, limit: Int
  ) throws(NumPyError) -> (header: Int, data: Range<Int>) {
    guard let start = Int(exactly: headerOffset), start <= limit else {
      throw .offset(
        reader.place(nameRange.lowerBound - 4, member: name), .localHeader, found: headerOffset,
        limit: limit)
    }
    _ = try reader.range(
      of: .localHeader, at: start, count: UInt64(Self.headerSizeInBytes), limit: limit,
      member: name)
    try reader.checkSignature(Self.headerSignature, of: .localHeader, at: start, member: name)
    let localName = try reader.range(
      of: .localHeader, at: start + Self.headerSizeInBytes,
      count: reader.number(at: start + 26, count: 2), limit: limit, member: name)
    guard reader.bytes.buffer[localName].elementsEqual(reader.bytes.buffer[nameRange]) else {
      throw .otherName(
        reader.place(localName.lowerBound, member: name),
        found: Array(reader.bytes.buffer[localName]))
    }
    let extraRange = try reader.range(
      of: .localHeader, at: localName.upperBound, count: reader.number(at: start + 28, count: 2),
      limit: limit, member: name)
    try Self.checkIsStored(reader, header: start + 6, member: name)
    if reader.number(at: start + 6, count: 2) & Self.deferredFlag == 0 {
      try checkNumbers(reader, header: start, extraRange)
    }
    let data = try reader.range(
      of: .memberData, at: extraRange.upperBound, count: size, limit: limit, member: name)
    return (start, data)
  }

  /// Compares the sizes and the checksum in the local header with the directory's.
  private func checkNumbers(
    _ reader: ByteReader, header: Int, _ extraRange: Range<Int>
  ) throws(NumPyError) {
    var extra = try ZipExtra(reader, extraRange, member: name)
    let localSize = try extra.resolve(reader.number(at: header + 22, count: 4))
    let localStoredSize = try extra.resolve(reader.number(at: header + 18, count: 4))
    try reader.check(.size, at: header + 22, expected: size, found: localSize, member: name)
    try reader.check(
      .storedSize, at: header + 18, expected: size, found: localStoredSize, member: name)
    try reader.check(
      .checksum, at: header + 14, expected: UInt64(checksum),
      found: reader.number(at: header + 14, count: 4), member: name)
  }
}

internal import Tensor

/// One stored member of a zip archive, by its directory entry.
///
/// Source: PKWARE's APPNOTE.TXT, sections 4.3.7 and 4.3.12.
struct ZipMember {
  private static let entrySignature: UInt64 = 0x0201_4B50
  private static let entrySizeInBytes = 46
  /// Encrypted, strongly encrypted, or with an encrypted directory.
  private static let encryptionFlags: UInt64 = 1 << 0 | 1 << 6 | 1 << 13
  private static let utf8Flag: UInt64 = 1 << 11

  /// The name, without ".npy" at its end.
  let name: String
  /// The CRC-32 of the data.
  let checksum: UInt32
  /// Where the local header starts, in the archive.
  let headerOffset: UInt64
  /// The bytes of the data.
  let size: UInt64
  /// Where the directory entry ends.
  let entryEnd: Int
  /// The name as it is stored.
  let nameRange: Range<Int>

  /// Reads the directory entry at `offset` of a directory that ends at `limit`.
  init(reading reader: ByteReader, at offset: Int, limit: Int) throws(NumPyError) {
    _ = try reader.range(
      of: .directoryEntry, at: offset, count: UInt64(Self.entrySizeInBytes), limit: limit)
    try reader.checkSignature(Self.entrySignature, of: .directoryEntry, at: offset)
    let flags = reader.number(at: offset + 8, count: 2)
    nameRange = try reader.range(
      of: .directoryEntry, at: offset + Self.entrySizeInBytes,
      count: reader.number(at: offset + 28, count: 2), limit: limit)
    let name = try Self.decodeName(reader, nameRange, isUTF8: flags & Self.utf8Flag != 0)
    self.name = name
    let extraRange = try reader.range(
      of: .directoryEntry, at: nameRange.upperBound,
      count: reader.number(at: offset + 30, count: 2), limit: limit, member: name)
    let comment = try reader.range(
      of: .directoryEntry, at: extraRange.upperBound,
      count: reader.number(at: offset + 32, count: 2), limit: limit, member: name)
    entryEnd = comment.upperBound

    try Self.checkIsStored(reader, header: offset + 8, member: name)
    checksum = UInt32(reader.number(at: offset + 16, count: 4))
    var extra = try ZipExtra(reader, extraRange, member: name)
    size = try extra.resolve(reader.number(at: offset + 24, count: 4))
    let storedSize = try extra.resolve(reader.number(at: offset + 20, count: 4))
    headerOffset = try extra.resolve(reader.number(at: offset + 42, count: 4))
    try reader.check(
      .storedSize, at: offset + 20, expected: size, found: storedSize, member: name)
    try reader.check(
      .diskNumber, at: offset + 34, expected: 0, found: reader.number(at: offset + 34, count: 2),
      member: name)
  }

  /// Refuses a member that is encrypted or compressed, by the flags and method at `header`.
  static func checkIsStored(
    _ reader: ByteReader, header: Int, member: String
  ) throws(NumPyError) {
    guard reader.number(at: header, count: 2) & encryptionFlags == 0 else {
      throw .encrypted(reader.place(header, member: member))
    }
    let method = reader.number(at: header + 2, count: 2)
    guard method == 0 else {
      throw .compressed(reader.place(header + 2, member: member), method: UInt16(method))
    }
  }

  private static func decodeName(
    _ reader: ByteReader, _ range: Range<Int>, isUTF8: Bool
  ) throws(NumPyError) -> String {
    let stored = reader.bytes.buffer[range]
    let suffix = Array(".npy".utf8)
    let shown = stored.suffix(suffix.count).elementsEqual(suffix) ? stored.dropLast(4) : stored
    guard isUTF8 || stored.allSatisfy({ $0 < 0x80 }),
      let name = String(validating: shown, as: UTF8.self)
    else { throw .memberName(reader.place(range.lowerBound), found: Array(stored)) }
    return name
  }
}

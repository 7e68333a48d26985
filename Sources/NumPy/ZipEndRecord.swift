internal import Tensor

/// Where the directory of a zip archive lies, by the records at the archive's end.
///
/// Source: PKWARE's APPNOTE.TXT, sections 4.3.14 to 4.3.16.
struct ZipEndRecord {
  /// A number in a record, at `offset` from the record's start.
  private typealias Layout = [(field: NumPyField, offset: Int, sizeInBytes: Int)]

  private static let signature: UInt64 = 0x0605_4B50
  private static let sizeInBytes = 22
  private static let layout: Layout = [
    (.diskNumber, 4, 2), (.diskNumber, 6, 2), (.diskMemberCount, 8, 2), (.memberCount, 10, 2),
    (.directorySize, 12, 4), (.directoryOffset, 16, 4),
  ]
  private static let zip64Signature: UInt64 = 0x0606_4B50
  private static let zip64SizeInBytes = 56
  private static let zip64Layout: Layout = [
    (.diskNumber, 16, 4), (.diskNumber, 20, 4), (.diskMemberCount, 24, 8), (.memberCount, 32, 8),
    (.directorySize, 40, 8), (.directoryOffset, 48, 8),
  ]
  private static let locatorSignature: UInt64 = 0x0706_4B50
  private static let locatorSizeInBytes = 20

  /// The directory, which ends where the first of the end records starts.
  let directory: Range<Int>
  /// How many members the directory should list.
  let memberCount: UInt64
  /// Where `memberCount` is stated.
  let place: NumPyPlace

  init(reading reader: ByteReader) throws(NumPyError) {
    let end = try Self.find(in: reader)
    var (start, layout) = (end, Self.layout)
    if let zip64Start = try Self.findZip64(in: reader, before: end) {
      try Self.compare(reader, end, with: zip64Start)
      (start, layout) = (zip64Start, Self.zip64Layout)
    }
    let numbers = layout.map { reader.number(at: start + $0.offset, count: $0.sizeInBytes) }
    place = reader.place(start)
    memberCount = numbers[3]

    /// Refuses number `index` of the record if it is not `expected`.
    func check(_ index: Int, expected: UInt64) throws(NumPyError) {
      try reader.check(
        layout[index].field, at: start + layout[index].offset, expected: expected,
        found: numbers[index])
    }
    try check(0, expected: 0)
    try check(1, expected: 0)
    try check(2, expected: memberCount)
    guard let directoryStart = Int(exactly: numbers[5]), directoryStart <= start else {
      throw .offset(
        reader.place(start + layout[5].offset), .directory, found: numbers[5], limit: start)
    }
    try check(4, expected: UInt64(start - directoryStart))
    directory = directoryStart..<start
  }

  /// Where the end record starts: the last one whose comment reaches the end of the file exactly.
  private static func find(in reader: ByteReader) throws(NumPyError) -> Int {
    let last = reader.bytes.count - sizeInBytes
    for offset in stride(from: last, through: max(0, last - Int(UInt16.max)), by: -1)
    where reader.number(at: offset, count: 4) == signature
      && reader.number(at: offset + 20, count: 2) == UInt64(last - offset)
    {
      return offset
    }
    throw .notZip(
      reader.place(reader.bytes.count), start: reader.copy(from: 0, limit: 6))
  }

  /// Where the zip64 end record starts; `nil` unless its locator stands right before `end`.
  private static func findZip64(
    in reader: ByteReader, before end: Int
  ) throws(NumPyError) -> Int? {
    let locator = end - locatorSizeInBytes
    guard locator >= 0, reader.number(at: locator, count: 4) == locatorSignature else { return nil }
    let found = reader.number(at: locator + 8, count: 8)
    let limit = locator - zip64SizeInBytes
    guard let start = Int(exactly: found), start <= limit else {
      throw .offset(reader.place(locator + 8), .zip64EndRecord, found: found, limit: limit)
    }
    try reader.checkSignature(zip64Signature, of: .zip64EndRecord, at: start)
    try reader.check(
      .endRecordSize, at: start + 4, expected: UInt64(locator - start - 12),
      found: reader.number(at: start + 4, count: 8))
    return start
  }

  /// Refuses a number of the end record that neither defers to the zip64 record nor agrees with it.
  private static func compare(
    _ reader: ByteReader, _ end: Int, with zip64Start: Int
  ) throws(NumPyError) {
    for (narrow, wide) in zip(layout, zip64Layout) {
      let found = reader.number(at: end + narrow.offset, count: narrow.sizeInBytes)
      let expected = reader.number(at: zip64Start + wide.offset, count: wide.sizeInBytes)
      guard found == expected || found == 1 << (8 * UInt64(narrow.sizeInBytes)) - 1 else {
        throw .contradiction(
          reader.place(end + narrow.offset), narrow.field, expected: expected, found: found)
      }
    }
  }
}

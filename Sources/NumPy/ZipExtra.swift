internal import Tensor

/// The extra fields of a directory entry or a local header.
///
/// Source: PKWARE's APPNOTE.TXT, sections 4.5.1 and 4.5.3.
struct ZipExtra {
  private static let zip64Identifier: UInt64 = 1

  private let reader: ByteReader
  private let member: String
  private let range: Range<Int>
  /// What is left of the zip64 field; `nil` if there is none.
  private var zip64: Range<Int>?

  /// Finds the zip64 field; fewer than 4 bytes at the end are padding, as Python's zipfile has it.
  init(_ reader: ByteReader, _ range: Range<Int>, member: String) throws(NumPyError) {
    self.reader = reader
    self.member = member
    self.range = range
    var offset = range.lowerBound
    while range.upperBound - offset >= 4 {
      let field = try reader.range(
        of: .extraField, at: offset + 4, count: reader.number(at: offset + 2, count: 2),
        limit: range.upperBound, member: member)
      if zip64 == nil, reader.number(at: offset, count: 2) == Self.zip64Identifier {
        zip64 = field
      }
      offset = field.upperBound
    }
  }

  /// `value`, or the next number of the zip64 field if `value` defers to it.
  mutating func resolve(_ value: UInt64) throws(NumPyError) -> UInt64 {
    guard value == UInt64(UInt32.max) else { return value }
    let field = zip64 ?? range.upperBound..<range.upperBound
    let number = try reader.range(
      of: .zip64Field, at: field.lowerBound, count: 8, limit: field.upperBound, member: member)
    zip64 = number.upperBound..<field.upperBound
    return reader.number(at: number.lowerBound, count: 8)
  }
}

internal import Files
public import Tensor

/// Several named arrays in one file, as numpy.savez writes them.
///
/// All arrays stay where they are in the file. The archive's structure is checked when it is
/// opened; the checksum and the header of a member, each time the member is read.
public struct NPZArchive: Sendable {
  /// The names of the members, without ".npy", in the order in which they lie in the file.
  public let memberNames: [String]

  private let bytes: Bytes
  private let members: [String: Member]

  private struct Member {
    let checksum: UInt32
    let data: Range<Int>
  }

  /// Reads the directory of a zip archive of members that are stored, not compressed.
  ///
  /// - Complexity: O(*n* log *n*) for *n* members; the members' data is not touched.
  public init(parsing bytes: Bytes) throws(NumPyError) {
    let reader = ByteReader(bytes)
    let end = try ZipEndRecord(reading: reader)

    var entries: [ZipMember] = []
    var offset = end.directory.lowerBound
    while offset < end.directory.upperBound {
      let entry = try ZipMember(reading: reader, at: offset, limit: end.directory.upperBound)
      entries.append(entry)
      offset = entry.entryEnd
    }
    guard UInt64(entries.count) == end.memberCount else {
      throw .contradiction(
        end.place, .memberCount, expected: UInt64(entries.count), found: end.memberCount)
    }
    entries.sort { $0.headerOffset < $1.headerOffset }

    var members: [String: Member] = [:]
    var ahead = (name: "", end: 0)
    for entry in entries {
      let location = try entry.locate(in: reader, limit: end.directory.lowerBound)
      let place = reader.place(location.header, member: entry.name)
      guard location.header >= ahead.end else {
        throw .overlap(place, other: ahead.name, end: ahead.end)
      }
      let member = Member(checksum: entry.checksum, data: location.data)
      guard members.updateValue(member, forKey: entry.name) == nil else {
        throw .duplicateMember(place)
      }
      ahead = (entry.name, location.data.upperBound)
    }
    self.bytes = bytes
    self.members = members
    memberNames = entries.map(\.name)
  }

  /// The array that was saved under `name`; `nil` if there is no such member.
  ///
  /// - Complexity: linear in the member's bytes, for the checksum; none are copied.
  public func array(named name: String) throws(NumPyError) -> NPYArray? {
    guard let member = members[name], let data = bytes[member.data] else { return nil }
    let reader = ByteReader(data, member: name, origin: member.data.lowerBound)
    let checksum = CRC32.checksum(data.buffer)
    guard checksum == member.checksum else {
      throw .checksum(reader.place(0), expected: member.checksum, found: checksum)
    }
    return try NPYArray(reading: reader)
  }
}

extension NPZArchive {
  /// Maps the .npz file at `path`; throws ``FileError`` or ``NumPyError``.
  public init(contentsOf path: String) throws {
    try self.init(parsing: MappedFile.bytes(of: path))
  }
}

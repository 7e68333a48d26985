import NumPy
import Tensor
import Testing

@Suite struct NPZArchiveErrorTests {
  /// One member of 1 + 68 + 10 bytes of .npy; its name takes 5, so its data starts at 35.
  private static let sound = ZipFixture.Member(data: ZipFixture.vector([42]))
  private static let dataStart = 35
  private static let directoryStart = dataStart + sound.data.count

  private static func place(_ offset: Int, _ member: String? = "a") -> NumPyPlace {
    NumPyPlace(member: member, offset: offset)
  }

  private func expect(
    _ error: NumPyError, of members: [ZipFixture.Member],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: error, sourceLocation: sourceLocation) {
      try NPZArchive(parsing: Bytes(copying: ZipFixture(members: members).file()))
    }
  }

  @Test func refusesCompression() {
    #expect(throws: NumPyError.compressed(Self.place(0xA2 - 0x1A + 10 - 0x10 + 6), method: 8)) {
      try NPZArchive(parsing: Bytes(copying: NPZGolden.deflated.file))
    }
    var member = Self.sound
    member.method = 93
    expect(.compressed(Self.place(Self.directoryStart + 10), method: 93), of: [member])
  }

  @Test(arguments: [0, 6, 13]) func refusesEncryption(bit: UInt64) {
    var member = Self.sound
    member.flags = 1 << bit
    expect(.encrypted(Self.place(Self.directoryStart + 8)), of: [member])
  }

  @Test func refusesBadNames() {
    var member = Self.sound
    member.name = Array("\u{FC}.npy".utf8)
    let place = Self.place(Self.directoryStart + 46 + 1, nil)
    expect(.memberName(place, found: member.name), of: [member])
    member.name = [0xFF, 0x2E, 0x6E, 0x70, 0x79]
    member.flags = 1 << 11
    expect(
      .memberName(Self.place(Self.directoryStart + 46, nil), found: member.name), of: [member])
    member = Self.sound
    member.localName = Array("b.npy".utf8)
    expect(.otherName(Self.place(30), found: Array("b.npy".utf8)), of: [member])
  }

  @Test(arguments: ["a.npy", "a"]) func refusesDuplicates(name: String) {
    var second = Self.sound
    second.name = Array(name.utf8)
    expect(.duplicateMember(Self.place(Self.directoryStart)), of: [Self.sound, second])
  }

  @Test func refusesOverlaps() {
    let inner = Array(ZipFixture(members: [.init(name: Array("b".utf8))]).file().prefix(31))
    var outer = Self.sound
    outer.data = inner + [1, 2, 3]
    var second = ZipFixture.Member(name: Array("b".utf8))
    second.headerOffset = UInt64(Self.dataStart)
    expect(
      .overlap(
        Self.place(Self.dataStart, "b"), other: "a", end: Self.dataStart + outer.data.count),
      of: [outer, second])
  }

  @Test(arguments: [1, 30, 0x7FFF_FFFF, 0xFFFF_FFFE] as [UInt64])
  func refusesHeadersElsewhere(offset: UInt64) {
    var member = Self.sound
    member.headerOffset = offset
    #expect(throws: NumPyError.self) {
      try NPZArchive(parsing: Bytes(copying: ZipFixture(members: [member]).file()))
    }
  }

  @Test(arguments: [UInt64(UInt32.max), UInt64(Int64.max), UInt64(Int64.max) + 1, UInt64.max])
  func refusesAbsurdNumbersInZip64Fields(number: UInt64) {
    var member = Self.sound
    member.headerOffset = 0xFFFF_FFFF
    member.extra = little(1, 2) + little(8, 2) + little(number, 8)
    expect(
      .offset(
        Self.place(Self.directoryStart + 42), .localHeader, found: number,
        limit: Self.directoryStart),
      of: [member])

    member = Self.sound
    (member.size, member.localSize) = (0xFFFF_FFFF, 0xFFFF_FFFF)
    member.extra = little(1, 2) + little(16, 2) + little(number, 8) + little(number, 8)
    member.localExtra = member.extra
    expect(
      .truncated(
        Self.place(Self.dataStart + 20), .memberData, expected: number,
        found: UInt64(Self.sound.data.count)),
      of: [member])
  }

  @Test func refusesMissingZip64Fields() {
    var member = Self.sound
    member.headerOffset = 0xFFFF_FFFF
    expect(
      .truncated(Self.place(Self.directoryStart + 51), .zip64Field, expected: 8, found: 0),
      of: [member])
    member.extra = little(1, 2) + little(4, 2) + little(0, 4)
    expect(
      .truncated(Self.place(Self.directoryStart + 55), .zip64Field, expected: 8, found: 4),
      of: [member])
    member.extra = little(1, 2) + little(400, 2) + little(0, 8)
    expect(
      .truncated(Self.place(Self.directoryStart + 55), .extraField, expected: 400, found: 8),
      of: [member])
  }

  @Test func refusesContradictions() {
    let count = UInt64(Self.sound.data.count)
    var member = Self.sound
    member.localSize = 3
    expect(.contradiction(Self.place(22), .size, expected: count, found: 3), of: [member])
    member = Self.sound
    member.storedSize = 3
    expect(
      .contradiction(
        Self.place(Self.directoryStart + 20), .storedSize, expected: count, found: 3),
      of: [member])
    member = Self.sound
    (member.size, member.localSize) = (count + 1, count + 1)
    expect(
      .truncated(Self.place(Self.dataStart), .memberData, expected: count + 1, found: count),
      of: [member])
  }

  @Test func checksTheChecksumWhenAMemberIsRead() throws {
    var member = Self.sound
    member.checksum = 0x0102_0304
    let file = ZipFixture(members: [member, .init(name: Array("b".utf8))]).file()
    let archive = try NPZArchive(parsing: Bytes(copying: file))
    let found = Self.sound.data.withUnsafeBytes { CRC32.checksum($0) }
    #expect(
      throws: NumPyError.checksum(Self.place(Self.dataStart), expected: 0x0102_0304, found: found)
    ) { try archive.array(named: "a") }
    #expect(
      throws: NumPyError.truncated(
        Self.place(Self.directoryStart + 31, "b"), .npySignature, expected: 8, found: 0)
    ) { try archive.array(named: "b") }
  }

  /// The place of an error in a member counts from the start of the archive.
  @Test func locatesErrorsInMembers() throws {
    let header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }"
    let member = ZipFixture.Member(data: npy(header).elements(of: UInt8.self))
    let archive = try NPZArchive(parsing: Bytes(copying: ZipFixture(members: [member]).file()))
    #expect(
      throws: NumPyError.unsupportedElement(
        Self.place(Self.dataStart + headerStart + 10), .object, found: "|O")
    ) { try archive.array(named: "a") }
  }

  @Test func refusesWrongEndRecords() {
    let start = Self.directoryStart
    let end = start + 51
    func expect(_ error: NumPyError, _ change: (inout ZipFixture) -> Void) {
      var fixture = ZipFixture(members: [Self.sound])
      change(&fixture)
      #expect(throws: error) { try NPZArchive(parsing: Bytes(copying: fixture.file())) }
    }
    expect(.contradiction(Self.place(end, nil), .memberCount, expected: 1, found: 0xFFFF)) {
      $0.memberCount = 0xFFFF
    }
    expect(.contradiction(Self.place(end, nil), .memberCount, expected: 1, found: 0)) {
      $0.memberCount = 0
    }
    expect(.contradiction(Self.place(end + 12, nil), .directorySize, expected: 51, found: 50)) {
      $0.directorySize = 50
    }
    expect(
      .contradiction(
        Self.place(end + 12, nil), .directorySize, expected: UInt64(end), found: 51)
    ) { $0.directoryOffset = 0 }
    expect(.offset(Self.place(end + 16, nil), .directory, found: 0xFFFF_FFFF, limit: end)) {
      $0.directoryOffset = 0xFFFF_FFFF
    }
    expect(.contradiction(Self.place(end + 4, nil), .diskNumber, expected: 0, found: 1)) {
      $0.disk = 1
    }
  }

  @Test func refusesOtherFiles() {
    #expect(throws: NumPyError.notZip(NumPyPlace(offset: 0), start: [])) {
      try NPZArchive(parsing: Bytes(copying: [UInt8]()))
    }
    let npy = NPYGolden.saved[0].file
    #expect(throws: NumPyError.notZip(NumPyPlace(offset: npy.count), start: Array(npy.prefix(6)))) {
      try NPZArchive(parsing: Bytes(copying: npy))
    }
    #expect(throws: NumPyError.self) {
      try NPZArchive(parsing: Bytes(copying: [UInt8](repeating: 0x50, count: 200_000)))
    }
  }
}

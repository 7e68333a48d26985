import NumPy
import Tensor
import Testing

@Suite struct NPZArchiveTests {
  @Test(arguments: NPZGolden.all)
  func readsWhatNumPyWrites(_ golden: NPZGolden) throws {
    let archive = try NPZArchive(parsing: Bytes(copying: golden.file))
    #expect(archive.memberNames == ["a", "b/ü"])
    let a = try #require(try archive.array(named: "a"))
    #expect(a.element == .int8)
    #expect(a.shape == Shape(3))
    #expect(a.bytes.elements(of: Int8.self) == [1, -2, 3])
    let b = try #require(try archive.array(named: "b/ü"))
    #expect(b.element == .float32)
    #expect(b.shape == Shape(2, 1))
    #expect(b.bytes.elements(of: Float.self) == [0.5, 2])
    #expect(try archive.array(named: "a.npy") == nil)
    #expect(try archive.array(named: "") == nil)
  }

  @Test func leavesTheElementsWhereTheyAre() throws {
    let file = Bytes(copying: NPZGolden.current.file)
    let array = try #require(try NPZArchive(parsing: file).array(named: "a"))
    let start = try #require(file.buffer.baseAddress)
    let localHeaderCount = 30 + "a.npy".utf8.count + 20
    #expect(array.bytes.buffer.baseAddress == start + localHeaderCount + 128)
  }

  @Test func readsAnArchiveOfNothing() throws {
    let archive = try NPZArchive(parsing: Bytes(copying: ZipFixture().file()))
    #expect(archive.memberNames.isEmpty)
  }

  @Test func listsMembersInFileOrder() throws {
    let members = ["c", "a", "b.npy.npy", ".npy"].map {
      ZipFixture.Member(name: Array($0.utf8), data: ZipFixture.vector(Array($0.utf8)))
    }
    let file = ZipFixture(members: members).file(directoryOrder: [2, 0, 3, 1])
    let archive = try NPZArchive(parsing: Bytes(copying: file))
    #expect(archive.memberNames == ["c", "a", "b.npy", ""])
    #expect(try archive.array(named: "")?.bytes == Bytes(copying: Array(".npy".utf8)))
    #expect(
      try archive.array(named: "b.npy")?.bytes == Bytes(copying: Array("b.npy.npy".utf8)))
  }

  /// Comments, and extra fields of other kinds, are stepped over.
  @Test func readsWhatOtherToolsAdd() throws {
    let timestamp = little(0x5455, 2) + little(5, 2) + [3, 1, 2, 3, 4]
    let archive = ZipFixture(
      members: [
        .init(
          data: ZipFixture.vector([7, 8]), localExtra: timestamp + [0, 0, 0],
          extra: timestamp, comment: Array("of a member".utf8))
      ],
      comment: Array("PK\u{5}\u{6} of the archive, longer than an end record".utf8))
    let array = try NPZArchive(parsing: Bytes(copying: archive.file())).array(named: "a")
    #expect(array?.bytes.elements(of: UInt8.self) == [7, 8])
  }

  /// A zip64 field holds only those numbers that defer to it, in a fixed order.
  @Test func readsZip64Fields() throws {
    let data = ZipFixture.vector([1, 2, 3])
    let size = little(UInt64(data.count), 8)
    let member = ZipFixture.Member(
      data: data, localExtra: little(1, 2) + little(16, 2) + size + size,
      extra: little(1, 2) + little(24, 2) + size + size + little(0, 8), localSize: 0xFFFF_FFFF,
      size: 0xFFFF_FFFF, headerOffset: 0xFFFF_FFFF)
    var second = ZipFixture.Member(name: Array("b".utf8), data: data)
    let first = try NPZArchive(parsing: Bytes(copying: ZipFixture(members: [member]).file()))
    #expect(try first.array(named: "a")?.shape == Shape(3))

    second.extra = little(1, 2) + little(8, 2) + little(UInt64(62 - 7 + data.count), 8)
    second.headerOffset = 0xFFFF_FFFF
    let both = ZipFixture(members: [member, second]).file()
    #expect(try NPZArchive(parsing: Bytes(copying: both)).array(named: "b")?.shape == Shape(3))
  }

  @Test func savesAndFindsManyMembers() throws {
    let members = (0..<300).map {
      ZipFixture.Member(name: Array("t\($0).npy".utf8), data: ZipFixture.vector([UInt8($0 & 255)]))
    }
    let archive = try NPZArchive(parsing: Bytes(copying: ZipFixture(members: members).file()))
    #expect(archive.memberNames == (0..<300).map { "t\($0)" })
    for index in 0..<300 {
      let array = try archive.array(named: "t\(index)")
      #expect(array?.bytes.elements(of: UInt8.self) == [UInt8(index & 255)])
    }
  }
}

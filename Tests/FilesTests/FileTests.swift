import Files
import FoundationEssentials
import Glibc
import Tensor
import TestSupport
import Testing

@Suite struct FileTests {
  private func write(_ text: String, to path: String) throws {
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBytes { try AtomicFile.write($0, to: path) }
  }

  private func read(_ path: String) throws -> String {
    String(decoding: try MappedFile.bytes(of: path).elements(of: UInt8.self), as: UTF8.self)
  }

  @Test(arguments: [0, 1, 4096, 1_000_003]) func writesAndMaps(count: Int) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/file"
    let text = String(repeating: "x", count: count)
    try write(text, to: path)
    #expect(try directory.names() == ["file"])
    let mapped = try MappedFile.bytes(of: path)
    #expect(mapped.count == count)
    #expect(mapped == Bytes(copying: Array(text.utf8)))
    #expect(mapped[0..<0]?.count == 0)
  }

  @Test func replacesWithoutTouchingWhatIsMapped() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/file"
    try write("old", to: path)
    let old = try MappedFile.bytes(of: path)
    try write("new and longer", to: path)
    #expect(old == Bytes(copying: Array("old".utf8)))
    #expect(try read(path) == "new and longer")
    #expect(try directory.names() == ["file"])
  }

  @Test func outlivesTheFile() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/file"
    try write("still here", to: path)
    let rest = try MappedFile.bytes(of: path)[6..<10]
    try FileManager.default.removeItem(atPath: path)
    #expect(rest == Bytes(copying: Array("here".utf8)))
  }

  @Test func refusesWhatIsNoFile() throws {
    let directory = try TemporaryDirectory()
    let pipe = directory.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [directory.path, pipe, "/dev/null"] {
      #expect(throws: FileError.notRegularFile(path: path)) { try MappedFile.bytes(of: path) }
    }
    for (path, code) in [
      (directory.path + "/none", ENOENT), ("", ENOENT), (directory.path + "/no\0ne", EINVAL),
    ] {
      #expect(throws: FileError.refused(.open, path: path, code: code)) {
        try MappedFile.bytes(of: path)
      }
    }
  }

  @Test func leavesNothingBehindWhenItFails() throws {
    let directory = try TemporaryDirectory()
    let taken = directory.path + "/taken"
    try FileManager.default.createDirectory(
      atPath: taken + "/inside", withIntermediateDirectories: true)
    #expect(throws: FileError.refused(.replace, path: taken, code: EISDIR)) {
      try write("text", to: taken)
    }
    let missing = directory.path + "/none/file"
    #expect(throws: FileError.refused(.create, path: missing, code: ENOENT)) {
      try write("text", to: missing)
    }
    let cut = taken + "\0.npy"
    #expect(throws: FileError.refused(.create, path: cut, code: EINVAL)) {
      try write("text", to: cut)
    }
    #expect(try directory.names() == ["taken"])
  }

  /// Where one file cannot be written, none is, and those that were there stay.
  @Test func severalFilesAreWrittenOrNone() throws {
    let directory = try TemporaryDirectory()
    let (first, second) = (directory.path + "/a", directory.path + "/b")
    try AtomicFile.write([(first, Array("one".utf8)), (second, Array("two".utf8))])
    #expect(try read(first) == "one" && read(second) == "two")
    let missing = directory.path + "/none/c"
    #expect(throws: FileError.refused(.create, path: missing, code: ENOENT)) {
      try AtomicFile.write([(first, Array("new".utf8)), (missing, [])])
    }
    #expect(try directory.names() == ["a", "b"])
    #expect(try read(first) == "one")
  }

  /// What a check lets pass can be written; what it refuses it names like the writing would.
  @Test func checksBeforeItWrites() throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/file"
    try AtomicFile.check(file)
    try write("text", to: file)
    try AtomicFile.check(file)
    for (path, error) in [
      (directory.path, FileError.refused(.replace, path: directory.path, code: EISDIR)),
      (file + "/inside", .refused(.create, path: file + "/inside", code: ENOTDIR)),
      (
        directory.path + "/none/x",
        .refused(.create, path: directory.path + "/none/x", code: ENOENT)
      ),
      ("", .refused(.create, path: "", code: ENOENT)),
      ("/dev/null", .notReplaceable(path: "/dev/null")),
    ] {
      #expect(throws: error) { try AtomicFile.check(path) }
    }
    #expect(try directory.names() == ["file"])
  }

  @Test func describesPathAndReason() {
    let missing = FileError.refused(.open, path: "/x y", code: ENOENT)
    #expect(missing.description == "cannot open \"/x y\": No such file or directory")
    #expect(missing.path == "/x y")
    #expect(
      FileError.notRegularFile(path: "/tmp").description
        == "cannot read \"/tmp\": expected a regular file, found a directory, a pipe or a device")
  }

  /// A device stays what it is.
  @Test func aDeviceIsNotReplaced() {
    #expect(throws: FileError.notReplaceable(path: "/dev/null")) {
      try write("", to: "/dev/null")
    }
  }

  /// A link such as /dev/stdout stays, and so does what it points to.
  @Test func aLinkIsNotReplaced() throws {
    let directory = try TemporaryDirectory()
    let (target, link) = (directory.path + "/target", directory.path + "/link")
    try write("old", to: target)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    #expect(throws: FileError.notReplaceable(path: link)) { try write("new", to: link) }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
    #expect(try read(target) == "old")
  }
}

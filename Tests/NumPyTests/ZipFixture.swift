import NumPy
import Tensor

/// A zip archive made byte by byte, so that each of its numbers can be wrong.
struct ZipFixture {
  struct Member {
    var name = Array("a.npy".utf8)
    var data: [UInt8] = []
    var flags: UInt64 = 0
    var method: UInt64 = 0
    /// The extra field of the local header and of the directory entry.
    var localExtra: [UInt8] = []
    var extra: [UInt8] = []
    var comment: [UInt8] = []
    /// What stands in place of the true numbers.
    var localName: [UInt8]?
    var localSize: UInt64?
    var checksum: UInt64?
    var size: UInt64?
    var storedSize: UInt64?
    var headerOffset: UInt64?
  }

  var members: [Member] = []
  var comment: [UInt8] = []
  var memberCount: UInt64?
  var directorySize: UInt64?
  var directoryOffset: UInt64?
  var disk: UInt64 = 0

  /// The members in this order, and the directory in the order given by `directoryOrder`.
  func file(directoryOrder: [Int]? = nil) -> [UInt8] {
    var file: [UInt8] = []
    var entries: [[UInt8]] = []
    for member in members {
      let offset = UInt64(file.count)
      let count = UInt64(member.data.count)
      let checksum =
        member.checksum ?? UInt64(member.data.withUnsafeBytes { CRC32.checksum($0) })
      let localName = member.localName ?? member.name
      let common = little(member.flags, 2) + little(member.method, 2) + little(0, 4)
      file += little(0x0403_4B50, 4) + little(20, 2) + common + little(checksum, 4)
      file += little(member.localSize ?? count, 4) + little(member.localSize ?? count, 4)
      file += little(UInt64(localName.count), 2) + little(UInt64(member.localExtra.count), 2)
      file += localName + member.localExtra + member.data

      var entry = little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + common
      entry += little(checksum, 4) + little(member.storedSize ?? member.size ?? count, 4)
      entry += little(member.size ?? count, 4) + little(UInt64(member.name.count), 2)
      entry += little(UInt64(member.extra.count), 2) + little(UInt64(member.comment.count), 2)
      entry += little(0, 8) + little(member.headerOffset ?? offset, 4)
      entries.append(entry + member.name + member.extra + member.comment)
    }
    let directoryStart = UInt64(file.count)
    for index in directoryOrder ?? Array(entries.indices) { file += entries[index] }
    let size = UInt64(file.count) - directoryStart
    file += little(0x0605_4B50, 4) + little(disk, 2) + little(disk, 2)
    file += little(memberCount ?? UInt64(entries.count), 2)
    file += little(memberCount ?? UInt64(entries.count), 2)
    file += little(directorySize ?? size, 4) + little(directoryOffset ?? directoryStart, 4)
    file += little(UInt64(comment.count), 2) + comment
    return file
  }

  /// An .npy file of `values`, one after another.
  static func vector(_ values: [UInt8]) -> [UInt8] {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(values.count),), }"
    return npy(header, values).elements(of: UInt8.self)
  }
}

import NumPy

/// Writes archives of .npy members, stored, or said to be compressed.
struct ZipWriter {
  private var file: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  private let method: UInt64

  /// Starts an archive; method 0 is stored, 8 deflated.
  init(method: UInt64 = 0) { self.method = method }

  /// Adds a member.
  mutating func add(_ name: String, _ array: NPYArray) {
    let data = array.serialized()
    let path = Array("\(name).npy".utf8)
    let checksum = UInt64(data.withUnsafeBytes { CRC32.checksum($0) })
    let common =
      Self.bytes(20, 2) + Self.bytes(0, 2) + Self.bytes(method, 2) + Self.bytes(0, 4)
      + Self.bytes(checksum, 4) + Self.bytes(UInt64(data.count), 4)
      + Self.bytes(UInt64(data.count), 4) + Self.bytes(UInt64(path.count), 2) + Self.bytes(0, 2)
    directory +=
      Self.bytes(0x0201_4B50, 4) + Self.bytes(20, 2) + common + Self.bytes(0, 10)
      + Self.bytes(UInt64(file.count), 4) + path
    file += Self.bytes(0x0403_4B50, 4) + common + path + data
    count += 1
  }

  /// The bytes of the archive.
  var archive: [UInt8] {
    file + directory + Self.bytes(0x0605_4B50, 4) + Self.bytes(0, 4)
      + Self.bytes(UInt64(count), 2) + Self.bytes(UInt64(count), 2)
      + Self.bytes(UInt64(directory.count), 4) + Self.bytes(UInt64(file.count), 4)
      + Self.bytes(0, 2)
  }

  /// The least significant bytes of a number, the least significant first.
  private static func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
  }
}

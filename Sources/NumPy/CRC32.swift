/// The checksum of zip members: CRC-32 with the reflected polynomial EDB88320.
package enum CRC32 {
  /// Table `k` in `tables[k * 256..<(k + 1) * 256]`: the effect of a byte that `k` others follow.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var remainder = UInt32(byte)
      for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xEDB8_8320 : 0) }
      tables[byte] = remainder
    }
    for index in 256..<tables.count {
      let shorter = tables[index - 256]
      tables[index] = shorter >> 8 ^ tables[Int(shorter & 0xFF)]
    }
    return tables
  }()

  /// The checksum of `bytes`, eight at a time.
  package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var remainder = UInt32.max
    tables.withUnsafeBufferPointer { table in
      let whole = bytes.count & ~7
      for offset in stride(from: 0, to: whole, by: 8) {
        let word =
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          ^ UInt64(remainder)
        remainder = 0
        for position in 0..<8 {
          let byte = Int(truncatingIfNeeded: word >> (8 * UInt64(position))) & 0xFF
          remainder ^= table[(7 - position) * 256 + byte]
        }
      }
      for offset in whole..<bytes.count {
        remainder = remainder >> 8 ^ table[Int((remainder ^ UInt32(bytes[offset])) & 0xFF)]
      }
    }
    return ~remainder
  }
}

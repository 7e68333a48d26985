import NumPy
import Tensor
import Testing

@Suite struct CRC32Tests {
  /// The check value of the catalogue of parametrised CRC algorithms, CRC-32/ISO-HDLC.
  @Test func hasTheCheckValue() {
    #expect(Array("123456789".utf8).withUnsafeBytes { CRC32.checksum($0) } == 0xCBF4_3926)
  }

  @Test func agreesWithDivisionBitByBit() {
    var generator = SplitMix64(seed: 1)
    let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for start in 0..<8 {
      for end in start...bytes.count {
        let found = bytes[start..<end].withUnsafeBytes { CRC32.checksum($0) }
        #expect(found == Self.divide(bytes[start..<end]), "bytes \(start)..<\(end)")
      }
    }
  }

  /// The remainder of `bytes`, first bit least significant, by 104C11DB7.
  private static func divide(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var remainder: UInt64 = 0xFFFF_FFFF
    for bit in bytes.flatMap({ byte in (0..<8).map { byte >> $0 & 1 } }) {
      remainder = remainder << 1 ^ UInt64(bit) << 32
      if remainder >> 32 & 1 == 1 { remainder ^= 0x1_04C1_1DB7 }
    }
    return ~(0..<32).reduce(0) { $0 | UInt32(remainder >> UInt64($1) & 1) << UInt32(31 - $1) }
  }
}

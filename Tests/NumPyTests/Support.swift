import Tensor

/// The bytes that hexadecimal digits, on any number of lines, stand for.
func bytes(hex: String) -> [UInt8] {
  let digits = hex.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map {
    UInt8(digits[$0] << 4 | digits[$0 + 1])
  }
}

/// The `count` least significant bytes of `number`, the least significant first.
func little(_ number: UInt64, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
}

/// An .npy file of format `major`.0 with exactly this header.
func npy(_ header: String, _ payload: [UInt8] = [], major: UInt8 = 1) -> Bytes {
  let text = Array(header.utf8)
  let length = little(UInt64(text.count), major == 1 ? 2 : 4)
  return Bytes(copying: [0x93] + Array("NUMPY".utf8) + [major, 0] + length + text + payload)
}

/// Where the header of an .npy file of format 1.0 starts.
let headerStart = 10

internal import Tensor

/// The bytes of a FlatBuffer, of which no read passes the end.
///
/// Source: the FlatBuffers internals document. Numbers are little-endian; nothing is assumed of
/// their alignment.
struct FlatBuffer: Sendable {
  let bytes: Bytes

  var count: Int { bytes.count }

  /// Whether `byteCount` bytes from `offset` on are inside.
  func contains(_ byteCount: Int, at offset: Int) -> Bool {
    offset >= 0 && offset <= count && byteCount <= count - offset
  }

  /// The bytes from `offset` to the end; 0 where there are none.
  func available(from offset: Int) -> Int {
    offset >= 0 && offset <= count ? count - offset : 0
  }

  /// The number at `offset`; `nil` when not all its bytes are inside.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: Number.Type
  ) -> Number? {
    guard contains(MemoryLayout<Number>.size, at: offset) else { return nil }
    return Number(littleEndian: bytes.buffer.loadUnaligned(fromByteOffset: offset, as: type))
  }
}

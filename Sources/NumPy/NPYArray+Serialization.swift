internal import Tensor

extension NPYArray {
  /// The .npy file of this array, byte for byte as numpy.save writes it.
  ///
  /// The format version is 1.0, or 2.0 for a header beyond 65535 bytes. The elements start at a
  /// multiple of 64. Source: `_write_array_header` and `_wrap_header` of numpy.lib.format.
  public func serialized() -> [UInt8] {
    let text = headerText
    let wide = Self.paddedCount(of: text, prefixCount: 10) > Int(UInt16.max)
    let prefixCount = wide ? 12 : 10
    let headerCount = Self.paddedCount(of: text, prefixCount: prefixCount)

    var file: [UInt8] = []
    file.reserveCapacity(prefixCount + headerCount + bytes.count)
    file += NPYHeader.signature + [wide ? 2 : 1, 0]
    for position in 0..<prefixCount - 8 {
      file.append(UInt8(truncatingIfNeeded: headerCount >> (8 * position)))
    }
    file += text
    file += [UInt8](repeating: UInt8(ascii: " "), count: headerCount - text.count - 1)
    file.append(UInt8(ascii: "\n"))
    file += bytes.buffer
    return file
  }

  /// The dict, and the room numpy leaves for axis 0 to grow to 21 digits.
  private var headerText: [UInt8] {
    let extents = shape.extents.map(String.init).joined(separator: ", ")
    let tuple = "(\(extents)\(shape.rank == 1 ? "," : ""))"
    let dict = "{'descr': '\(element.npyDescriptor)', 'fortran_order': False, 'shape': \(tuple), }"
    let room = shape.extents.first.map { 21 - String($0).utf8.count } ?? 0
    return Array(dict.utf8) + [UInt8](repeating: UInt8(ascii: " "), count: room)
  }

  /// Bytes from the end of the prefix to the elements: `text`, 1 to 64 spaces and a line end.
  private static func paddedCount(of text: [UInt8], prefixCount: Int) -> Int {
    let count = text.count + 1
    return count + 64 - (prefixCount + count) % 64
  }
}

internal import Tensor

extension ModelParser {
  /// The bytes of a buffer, in place; `nil` when it has none.
  ///
  /// - Precondition: `index` names a buffer.
  func bytes(ofBuffer index: Int) throws(ModelError) -> Bytes? {
    guard let buffers else { preconditionFailure("buffer \(index) of none") }
    return try bytes(
      Schema.Buffer.data, orOffset: Schema.Buffer.offset, size: Schema.Buffer.size,
      of: try buffers.table(at: index))
  }

  /// The bytes of a vector, or the external ones that an offset and a size name.
  ///
  /// Files above 2 GiB keep bytes behind the FlatBuffer, whose own offsets do not reach that far.
  func bytes(
    _ field: Field, orOffset offsetField: Field, size sizeField: Field, of table: FlatTable
  ) throws(ModelError) -> Bytes? {
    let vector = try table.vector(field, stride: 1)
    if let vector, vector.count > 0 { return vector.content }
    let offset = try table.number(offsetField, default: UInt64(0))
    let size = try table.number(sizeField, default: UInt64(0))
    guard offset >= Schema.smallestExternalOffset, size > 0 else { return vector?.content }
    let start = Int(clamping: offset)
    let byteCount = Int(clamping: size)
    guard file.contains(byteCount, at: start), let bytes = file.bytes[start..<start + byteCount]
    else {
      throw .outside(
        at: table.place(naming: offsetField), .external, byteCount: byteCount,
        available: file.available(from: start))
    }
    return bytes
  }
}

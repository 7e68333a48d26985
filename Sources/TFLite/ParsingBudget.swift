/// The memory that parsed records may take: a small multiple of the file.
///
/// Parts of a FlatBuffer may refer to each other many times, so a small file can describe
/// exponentially much; what is spent here bounds both memory and time.
struct ParsingBudget {
  let limit: Int
  private var remaining: Int

  init(fileByteCount: Int) {
    limit = 8 * fileByteCount + 65536
    remaining = limit
  }

  /// Takes memory for `count` elements of `Element`, and for the array that holds them.
  mutating func spend<Element>(
    _ count: Int, of type: Element.Type, at place: @autoclosure () -> ModelPlace
  ) throws(ModelError) {
    let byteCount = 32 + count * MemoryLayout<Element>.stride
    guard byteCount <= remaining else { throw .tooManyRecords(at: place(), limit: limit) }
    remaining -= byteCount
  }
}

/// The memory that parsed records, and the graph that they become, may take: a small multiple of the
/// file.
///
/// Parts of a FlatBuffer may refer to each other many times, so a small file can describe
/// exponentially much; what is spent here bounds both memory and time.
struct ParsingBudget {
  /// What one operand of an operator is counted as: a graph keeps its type and its tiling rule.
  static let operandSizeInBytes = 256

  let limit: Int
  private var remaining: Int

  init(fileByteCount: Int) {
    limit = 16 * fileByteCount + 65536
    remaining = limit
  }

  /// Takes memory for `count` elements of `Element`, and for the array that holds them.
  mutating func spend<Element>(
    _ count: Int, of type: Element.Type, at place: @autoclosure () -> ModelPlace
  ) throws(ModelError) {
    try spend(32 + count * MemoryLayout<Element>.stride, at: place())
  }

  /// Takes so many bytes.
  mutating func spend(
    _ byteCount: Int, at place: @autoclosure () -> ModelPlace
  ) throws(ModelError) {
    guard byteCount <= remaining else { throw .tooManyRecords(at: place(), limit: limit) }
    remaining -= byteCount
  }
}

internal import Tensor

/// The buffers of a model: an empty one, then each constant once.
struct ConstantBuffers {
  /// The constants, in the order in which they were added.
  private(set) var contents: [Bytes] = []
  /// Bytes of all constants.
  private(set) var byteCount = 0
  private var indices: [Bytes: Int] = [:]

  /// The index of the buffer that holds a constant; equal ones share theirs.
  mutating func index(of constant: Bytes) -> Int {
    if let index = indices[constant] { return index }
    contents.append(constant)
    byteCount += constant.count
    indices[constant] = contents.count
    return contents.count
  }

  /// The tables of the buffers.
  var tables: FlatValue {
    .pieces([.table([:])] + contents.map { .fields([Schema.Buffer.data: .data($0)]) })
  }
}

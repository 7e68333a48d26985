/// Where TensorFlow Lite Micro puts the buffers of a network.
public struct MicroPlan: Hashable, Sendable {
  /// The buffers, in the planner's order: tensors by index, then scratch by operator.
  public let buffers: [MicroBuffer]
  /// The first byte's address of each buffer.
  public let offsets: [Int]

  /// The bytes of the arena's head, the part that is planned: to the end of the highest buffer, its size rounded
  /// up.
  public var headBytes: Int {
    zip(buffers, offsets).map { $1 + $0.plannedSizeInBytes }.max() ?? 0
  }

  /// The address of each tensor that has one, by index among `count` tensors.
  public func tensorOffsets(count: Int) -> [Int?] {
    var tensorOffsets = [Int?](repeating: nil, count: count)
    for (buffer, offset) in zip(buffers, offsets) {
      if case .tensor(let index) = buffer.content { tensorOffsets[index] = offset }
    }
    return tensorOffsets
  }
}

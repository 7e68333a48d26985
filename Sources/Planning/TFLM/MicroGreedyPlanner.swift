public import Graph

/// TensorFlow Lite Micro's memory planner, replayed: the same buffers at the same addresses.
///
/// Source: `GreedyMemoryPlanner` of `greedy_memory_planner.cc`, with the scratch of the reference kernels.
public enum MicroGreedyPlanner {
  /// The most buffers of a network that is planned; real ones have some thousands at most.
  public static let largestBufferCount = 1 << 14

  /// The plan that the interpreter makes of a network when it allocates tensors; `nil` for one of more than
  /// `largestBufferCount` buffers, so that no file makes us search without end.
  ///
  /// `fixedOffsets` are the addresses of an offline plan, by tensor, `nil` where it gives none; those of constants
  /// and empty tensors are ignored.
  ///
  /// - Complexity: O(n^2) in the number of buffers.
  public static func plan(_ graph: Graph, fixedOffsets: [Int?] = []) -> MicroPlan? {
    let buffers = MicroBuffers.buffers(of: graph, fixedOffsets: fixedOffsets)
    return buffers.count <= largestBufferCount ? plan(buffers) : nil
  }

  /// Places buffers: those with fixed offsets there, unchecked; then the others by falling size, the later one
  /// first among equals, each in the lowest gap that is large enough between those already placed that are in
  /// use at the same time.
  public static func plan(_ buffers: [MicroBuffer]) -> MicroPlan {
    let free = buffers.indices.filter { buffers[$0].fixedOffset == nil }.sorted {
      (buffers[$1].plannedSizeInBytes, $1) < (buffers[$0].plannedSizeInBytes, $0)
    }
    var offsets = buffers.map { $0.fixedOffset ?? 0 }
    // By address; among equals, in the order in which they were placed.
    var placed: [Int] = []
    for index in buffers.indices.filter({ buffers[$0].fixedOffset != nil }) + free {
      let buffer = buffers[index]
      if buffer.fixedOffset == nil {
        var offset = 0
        for other in placed where buffers[other].overlapsInTime(buffer) {
          if offsets[other] - offset >= buffer.plannedSizeInBytes { break }
          offset = max(offset, offsets[other] + buffers[other].plannedSizeInBytes)
        }
        offsets[index] = offset
      }
      let position = placed.firstIndex { offsets[$0] > offsets[index] } ?? placed.count
      placed.insert(index, at: position)
    }
    return MicroPlan(buffers: buffers, offsets: offsets)
  }
}

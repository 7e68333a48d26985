public import Graph
internal import Ops
internal import Tensor

/// Which bytes of a plan are live when.
public struct MemoryProfile: Sendable {
  /// The bytes of all arena buffers that are live at each step.
  public let liveBytes: [Int]
  /// The buffers that are live at the step with the most live bytes, the largest first.
  public let bindingBuffers: [Int]
  /// That step; `nil` for a plan without steps.
  public let bindingStep: Int?

  /// Follows a plan's buffers through its steps.
  ///
  /// - Complexity: linear in the elements that the steps read and write.
  public init(_ binding: PlanBinding) {
    let plan = binding.plan
    let intervals = Liveness(
      graph: binding.graph, buffers: plan.buffers, steps: plan.steps
    ).intervals
    var live = [Int](repeating: 0, count: plan.steps.count)
    for (index, buffer) in plan.buffers.enumerated() where buffer.memory == .arena {
      for interval in intervals[index] {
        // Step 0 is at time 1.
        for time in interval where plan.steps.indices.contains(time - 1) {
          live[time - 1] += buffer.sizeInBytes
        }
      }
    }
    liveBytes = live
    let step = live.indices.max { (live[$0], $1) < (live[$1], $0) }
    bindingStep = step
    bindingBuffers = plan.buffers.indices.filter { index in
      plan.buffers[index].memory == .arena
        && intervals[index].contains { $0.contains((step ?? -1) + 1) }
    }.sorted { (plan.buffers[$1].sizeInBytes, $0) < (plan.buffers[$0].sizeInBytes, $1) }
  }
}

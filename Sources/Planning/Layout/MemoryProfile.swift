public import Graph
internal import Ops
internal import Tensor

/// Which bytes of a plan are live when.
public struct MemoryProfile: Sendable {
  /// The bytes of the arena buffers that are live at each step; where a result lies on an operand,
  /// both count once.
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
    let parts = Self.parts(binding)
    // Step 0 is at time 1.
    var starts = [[Int]](repeating: [], count: plan.steps.count + 2)
    var ends = starts
    for (index, part) in parts.enumerated() {
      starts[part.times.lowerBound].append(index)
      ends[min(part.times.upperBound, ends.count - 1)].append(index)
    }
    var live = [Int](repeating: 0, count: plan.steps.count)
    var active: Set<Int> = []
    for time in 0...plan.steps.count {
      active.subtract(ends[time])
      active.formUnion(starts[time])
      if time > 0 { live[time - 1] = Self.bytes(of: active.map { parts[$0].bytes }) }
    }
    liveBytes = live
    let step = live.indices.max { (live[$0], $1) < (live[$1], $0) }
    bindingStep = step
    bindingBuffers = Set(
      parts.filter { $0.times.contains((step ?? -1) + 1) }.map(\.buffer)
    ).sorted { (plan.buffers[$1].sizeInBytes, $0) < (plan.buffers[$0].sizeInBytes, $1) }
  }

  /// What is in use of each arena buffer, at which addresses and when.
  private static func parts(
    _ binding: PlanBinding
  ) -> [(buffer: Int, bytes: Range<Int>, times: Range<Int>)] {
    let plan = binding.plan
    let liveness = Liveness(graph: binding.graph, buffers: plan.buffers, steps: plan.steps)
    return plan.buffers.indices.filter { plan.buffers[$0].memory == .arena }.flatMap { index in
      let extents = liveness.isKeptWhole[index] ? [] : Liveness.extents(liveness.bands[index])
      let range = plan.buffers[index].byteRange
      return extents.isEmpty
        ? liveness.lifespans[index].map { (index, range, $0) }
        : extents.map { extent in
          (
            index,
            range.lowerBound + extent.bytes.lowerBound..<range.lowerBound + extent.bytes.upperBound,
            extent.times
          )
        }
    }
  }

  /// How many addresses the ranges cover.
  private static func bytes(of ranges: [Range<Int>]) -> Int {
    var (count, end) = (0, 0)
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      count += max(0, range.upperBound - max(range.lowerBound, end))
      end = max(end, range.upperBound)
    }
    return count
  }
}

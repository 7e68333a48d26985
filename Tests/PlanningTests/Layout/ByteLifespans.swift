import Graph
import Ops
import Tensor

/// Who needs each arena byte when, found element by element.
struct ByteLifespans {
  /// From the write of an element to the last read of it; step 0 is at time 1.
  struct Lifespan {
    let buffer: Int
    var times: ClosedRange<Int>
  }

  /// By arena byte.
  private(set) var lifespans: [[Lifespan]]
  private let plan: Plan
  private let graph: Graph

  init(_ plan: Plan, _ graph: Graph) {
    self.plan = plan
    self.graph = graph
    lifespans = [[Lifespan]](repeating: [], count: plan.peakInBytes)
    for (index, buffer) in plan.buffers.enumerated() where graph.inputs.contains(buffer.tensor) {
      touch(index, buffer.region.ranges.map(Array.init), at: 0, isWrite: true)
    }
    for (index, step) in plan.steps.enumerated() { walk(step, at: index + 1) }
    for (index, buffer) in plan.buffers.enumerated()
    where graph.outputs.contains(buffer.tensor) && buffer.rings.isEmpty {
      touch(index, buffer.region.ranges.map(Array.init), at: plan.steps.count + 1, isWrite: false)
    }
  }

  private mutating func walk(_ step: PlanStep, at time: Int) {
    let node = graph.nodes[step.op]
    let tile = step.sums?.region ?? step.outputs.first?.region ?? Region([])
    for (operand, buffer) in step.inputs.enumerated() {
      guard let buffer else { continue }
      let coordinates = node.accesses[0].coordinates(
        of: operand, for: tile, reduce: operand == 0 ? step.reduce : nil)
      touch(buffer, coordinates.map { Array($0.joined()) }, at: time, isWrite: false)
    }
    if let sums = step.sums {
      let all = sums.region.ranges.map(Array.init)
      if step.phase != .start { touch(sums.buffer, all, at: time, isWrite: false) }
      if step.phase != .finish { touch(sums.buffer, all, at: time, isWrite: true) }
    }
    for destination in step.outputs {
      touch(destination.buffer, destination.region.ranges.map(Array.init), at: time, isWrite: true)
    }
  }

  private mutating func touch(
    _ index: Int, _ coordinates: [[Int]], at time: Int, isWrite: Bool
  ) {
    let buffer = plan.buffers[index]
    var offsets = [0]
    for (axis, list) in coordinates.enumerated() {
      let (low, stored) = (buffer.region[axis].lowerBound, buffer.storedExtents[axis])
      let isRing = buffer.rings[axis] != nil
      offsets = offsets.flatMap { offset in
        list.map { offset * stored + (isRing ? $0 % stored : $0 - low) }
      }
    }
    let width = buffer.element.sizeInBytes
    for offset in offsets {
      for byte in buffer.offset + offset * width..<buffer.offset + (offset + 1) * width {
        note(byte, index, time, isWrite)
      }
    }
  }

  private mutating func note(_ byte: Int, _ buffer: Int, _ time: Int, _ isWrite: Bool) {
    let last = lifespans[byte].lastIndex { $0.buffer == buffer }
    guard let last, !isWrite else {
      lifespans[byte].append(Lifespan(buffer: buffer, times: time...time))
      return
    }
    lifespans[byte][last].times = lifespans[byte][last].times.lowerBound...time
  }

  /// The first arena byte that two buffers need at one time.
  ///
  /// A result may take the place of the sums that it is made from as they are taken away.
  var conflict: (byte: Int, buffers: [String])? {
    for (byte, own) in lifespans.enumerated() {
      for (position, left) in own.enumerated() {
        for right in own[..<position]
        where left.buffer != right.buffer && left.times.overlaps(right.times)
          && !isFinish(left, right) && !isFinish(right, left)
        {
          return (byte, [left, right].map { plan.buffers[$0.buffer].name })
        }
      }
    }
    return nil
  }

  /// Whether `result` begins with the step that takes the sums `sums` away.
  private func isFinish(_ result: Lifespan, _ sums: Lifespan) -> Bool {
    let time = result.times.lowerBound
    guard sums.times.upperBound == time, plan.steps.indices.contains(time - 1) else {
      return false
    }
    let step = plan.steps[time - 1]
    return step.phase == .finish && step.sums?.buffer == sums.buffer
      && step.outputs.contains { $0.buffer == result.buffer }
  }

  /// How many bytes are needed at the worst step.
  var mostBytes: Int {
    (1..<plan.steps.count + 1).map { time in
      lifespans.count { own in own.contains { $0.times.contains(time) } }
    }.max() ?? 0
  }
}

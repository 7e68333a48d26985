internal import Graph
internal import Ops
internal import Tensor

/// When each buffer of a draft holds bytes that are still to be read.
struct Liveness {
  /// Per buffer, disjoint ascending ranges of steps, from a write to the last read of what was
  /// written, the end included in the half-open range; step 0 of the plan counts as 1, what comes
  /// before it as 0.
  let intervals: [[Range<Int>]]

  /// - Complexity: linear in the elements that the steps read and write.
  init(graph: Graph, buffers: [PlanBuffer], steps: [PlanStep]) {
    var tracker = Tracker(graph, buffers)
    for (index, buffer) in buffers.enumerated()
    where graph.inputs.contains(buffer.tensor) {
      tracker.write(index, buffer.region, at: 0)
    }
    for (index, step) in steps.enumerated() {
      let time = index + 1
      let node = graph.nodes[step.op]
      for (operand, buffer) in step.inputs.enumerated() {
        guard let buffer else { continue }
        for destination in step.destinations {
          let tensor = buffers[destination.buffer].tensor
          let output = node.outputs.firstIndex(of: tensor) ?? 0
          tracker.read(
            buffer,
            node.accesses[output].coordinates(
              of: operand, for: destination.region, reduce: step.reduce),
            at: time)
        }
      }
      if let sums = step.sums, step.phase != .start {
        tracker.read(sums.buffer, sums.region.ranges.map { [$0] }, at: time)
      }
      for destination in step.outputs {
        tracker.write(destination.buffer, destination.region, at: time)
      }
      if let sums = step.sums, step.phase != .finish {
        tracker.write(sums.buffer, sums.region, at: time)
      }
    }
    let end = steps.count + 1
    for (index, buffer) in buffers.enumerated()
    where graph.outputs.contains(buffer.tensor) && buffer.rings.isEmpty {
      tracker.read(index, buffer.region.ranges.map { [$0] }, at: end)
    }
    intervals = tracker.intervals.map(Self.merge)
  }

  /// The same steps as disjoint ascending ranges.
  static func merge(_ intervals: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for interval in intervals.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, interval.lowerBound <= last.upperBound {
        merged[merged.count - 1] =
          last.lowerBound..<max(last.upperBound, interval.upperBound)
      } else {
        merged.append(interval)
      }
    }
    return merged
  }

  /// The last write of each element of each buffer, and the intervals that reads made of them.
  private struct Tracker {
    let runs: [ElementRuns]
    var lastWrites: [[Int]]
    var intervals: [[Range<Int>]]

    init(_ graph: Graph, _ buffers: [PlanBuffer]) {
      runs = buffers.map {
        ElementRuns($0, shape: graph.tensors[$0.tensor].type.shape)
      }
      lastWrites = buffers.map {
        [Int](repeating: -1, count: $0.storedExtents.reduce(1, *))
      }
      intervals = buffers.map { _ in [] }
    }

    mutating func write(_ buffer: Int, _ region: Region, at time: Int) {
      runs[buffer].forEach(in: region) { run in
        for offset in run.offset..<run.offset + run.count { lastWrites[buffer][offset] = time }
      }
      add(time..<time + 1, to: buffer)
    }

    mutating func read(_ buffer: Int, _ coordinates: [[Range<Int>]], at time: Int) {
      var earliest = time
      runs[buffer].forEach(coordinates) { run in
        for offset in run.offset..<run.offset + run.count {
          let write = lastWrites[buffer][offset]
          if write >= 0 && write < earliest { earliest = write }
        }
      }
      add(earliest..<time + 1, to: buffer)
    }

    /// Keeps the list short: steps come in order, so most intervals extend the last one.
    private mutating func add(_ interval: Range<Int>, to buffer: Int) {
      if let last = intervals[buffer].last, interval.lowerBound >= last.lowerBound,
        interval.lowerBound < last.upperBound
      {
        intervals[buffer][intervals[buffer].count - 1] =
          last.lowerBound..<max(last.upperBound, interval.upperBound)
      } else {
        intervals[buffer].append(interval)
      }
    }
  }
}

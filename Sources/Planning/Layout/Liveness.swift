internal import Graph
internal import Ops
internal import Tensor

/// When each buffer of a draft holds bytes that are still to be read.
///
/// Step 0 of the plan counts as time 1, what comes before it as 0, and the end of the plan as the time after
/// its last step.
struct Liveness {
  /// A part of a buffer, and when it is live: from a write to the last read of what was written.
  struct Band: Hashable {
    /// The part, counted from the buffer's first byte.
    let bytes: Range<Int>
    /// Disjoint ascending ranges of time, the last read included in the half-open range.
    let lifespans: [Range<Int>]
  }

  /// Per buffer its bands, ascending, which are the slices along its first axis of several coordinates.
  let bands: [[Band]]
  /// Per buffer, when any of its bytes are live.
  let lifespans: [[Range<Int>]]
  /// Per buffer, whether it is kept whole while any of its bytes are live: rings are, and everything in a plan of
  /// whole operators, as devices run it.
  let isKeptWhole: [Bool]

  /// Follows the steps; parts of tensors that are `given`, by default the network's inputs, are there before, and
  /// those that are `kept`, by default its outputs, are read at the end.
  ///
  /// - Complexity: linear in the pixels that the steps read and write, whatever the number of channels.
  init(
    graph: Graph, buffers: [PlanBuffer], steps: [PlanStep], given: [Int: Region]? = nil,
    kept: [Int: Region]? = nil
  ) {
    var trackers = buffers.map {
      BufferTracker($0, shape: graph.tensors[$0.tensor].type.shape)
    }
    let given = given ?? graph.wholes(of: graph.inputs)
    let kept = kept ?? graph.wholes(of: graph.outputs)
    // Sums are no part of the tensor that comes of them.
    let results = Set(steps.flatMap { $0.outputs.map(\.buffer) })
    for (index, buffer) in buffers.enumerated() {
      guard let region = given[buffer.tensor] else { continue }
      trackers[index].write(region.intersection(buffer.region), at: 0)
    }
    for (index, step) in steps.enumerated() {
      let time = index + 1
      let node = graph.nodes[step.op]
      for (operand, buffer) in step.inputs.enumerated() {
        guard let buffer else { continue }
        for destination in step.destinations {
          let tensor = buffers[destination.buffer].tensor
          let output = node.outputs.firstIndex(of: tensor) ?? 0
          trackers[buffer].read(
            node.accesses[output].coordinates(
              of: operand, for: destination.region, reduce: step.reduce),
            at: time)
        }
      }
      if let sums = step.sums, step.phase != .start {
        trackers[sums.buffer].read(sums.region.ranges.map { [$0] }, at: time)
      }
      for destination in step.outputs {
        trackers[destination.buffer].write(destination.region, at: time)
      }
      if let sums = step.sums, step.phase != .finish {
        trackers[sums.buffer].write(sums.region, at: time)
      }
    }
    for (index, buffer) in buffers.enumerated() {
      guard let region = kept[buffer.tensor], buffer.rings.isEmpty,
        results.contains(index) || given[buffer.tensor] != nil
      else { continue }
      let held = region.intersection(buffer.region)
      trackers[index].read(held.ranges.map { [$0] }, at: steps.count + 1)
    }
    bands = trackers.map(\.bands)
    lifespans = bands.map { Self.merge($0.flatMap(\.lifespans)) }
    let runsWhole =
      steps.count == graph.nodes.count
      && steps.allSatisfy { step in
        step.phase == .whole && step.reduce == nil
          && step.outputs.allSatisfy { $0.region == graph.whole(buffers[$0.buffer].tensor) }
      }
    isKeptWhole = buffers.map { runsWhole || !$0.rings.isEmpty }
  }

  /// The same times as disjoint ascending ranges.
  static func merge(_ lifespans: [Range<Int>]) -> [Range<Int>] {
    if lifespans.count < 2 { return lifespans }
    var merged: [Range<Int>] = []
    for lifespan in lifespans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, lifespan.lowerBound <= last.upperBound {
        merged[merged.count - 1] =
          last.lowerBound..<max(last.upperBound, lifespan.upperBound)
      } else {
        merged.append(lifespan)
      }
    }
    return merged
  }
}

extension Graph {
  /// The whole of each of some tensors.
  fileprivate func wholes(of tensors: [Int]) -> [Int: Region] {
    tensors.reduce(into: [:]) { $0[$1] = whole($1) }
  }
}

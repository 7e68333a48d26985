internal import Graph
internal import Ops
internal import Tensor

/// The arena buffers of a plan as blocks to be given addresses.
struct PlanLayout {
  /// The blocks, when they are live, and which of them may overlap.
  private(set) var problem: LayoutProblem
  /// When each buffer is live.
  private let liveness: Liveness
  /// By buffer, its block; `nil` outside the arena.
  private let blocks: [Int?]

  /// Finds when buffers are live and what the policy allows to overlap.
  ///
  /// Time is counted in steps, from 1; what comes before the first step is at 0. Parts of tensors that are
  /// `given` are there before, and those that are `kept` after, by default the network's inputs and outputs.
  /// With `withMicroScratch`, what TensorFlow Lite Micro's kernels ask for while they run are blocks as well.
  ///
  /// - Complexity: linear in the elements that the steps read and write.
  init(
    _ graph: Graph, buffers: [PlanBuffer], steps: [PlanStep], alignment: Int,
    inPlace: InPlacePolicy, withMicroScratch: Bool = false, given: [Int: Region]? = nil,
    kept: [Int: Region]? = nil
  ) {
    let liveness = Liveness(
      graph: graph, buffers: buffers, steps: steps, given: given, kept: kept)
    self.liveness = liveness
    let intervals = liveness.lifespans
    let rules = InPlacePairs(graph: graph, buffers: buffers, policy: inPlace)
    let pairs = steps.map(rules.pairs)
    // What has to lie at one address is one block; its first buffer stands for it.
    var heads = Array(buffers.indices)
    for (index, pairs) in pairs.enumerated() {
      for pair in pairs where pair.distance == nil && heads[pair.result] == pair.result {
        guard intervals[pair.result].first?.lowerBound == index + 1,
          intervals[pair.operand].last?.upperBound == index + 2
        else { continue }
        heads[pair.result] = heads[pair.operand]
      }
    }
    var lifespans = [[Range<Int>]](repeating: [], count: buffers.count)
    var members = [[Int]](repeating: [], count: buffers.count)
    for (buffer, head) in heads.enumerated() {
      lifespans[head] += intervals[buffer]
      members[head].append(buffer)
    }
    var blockOf = [Int?](repeating: nil, count: buffers.count)
    var blocks: [LayoutProblem.Buffer] = []
    for (index, buffer) in buffers.enumerated()
    where buffer.memory == .arena && heads[index] == index {
      blockOf[index] = blocks.count
      let isWhole = members[index].contains { liveness.isKeptWhole[$0] }
      let bands = isWhole ? [] : members[index].flatMap { liveness.bands[$0] }
      blocks.append(
        LayoutProblem.Buffer(
          sizeInBytes: buffer.sizeInBytes, lifespans: Liveness.merge(lifespans[index]),
          extents: Liveness.extents(bands)))
    }
    for (index, head) in heads.enumerated() where head != index {
      blockOf[index] = blockOf[head]
    }
    var meetings: [BlockPair: (distance: Int, times: Set<Int>)] = [:]
    for (index, pairs) in pairs.enumerated() {
      for pair in pairs {
        guard let distance = pair.distance, let result = blockOf[pair.result],
          let operand = blockOf[pair.operand], result != operand
        else { continue }
        let meeting = meetings[BlockPair(result: result, operand: operand), default: (0, [])]
        meetings[BlockPair(result: result, operand: operand)] = (
          max(meeting.distance, distance.roundedUp(to: alignment)), meeting.times.union([index + 1])
        )
      }
    }
    let spacings = meetings.sorted {
      ($0.key.result, $0.key.operand) < ($1.key.result, $1.key.operand)
    }.compactMap { pair, meeting -> LayoutProblem.Spacing? in
      guard meeting.distance < blocks[pair.result].sizeInBytes,
        blocks[pair.result].replaces(blocks[pair.operand], at: meeting.times)
      else { return nil }
      return LayoutProblem.Spacing(
        below: pair.result, above: pair.operand, distance: meeting.distance)
    }
    if withMicroScratch {
      for (index, step) in steps.enumerated() {
        let node = graph.nodes[step.op]
        blocks += node.operation.microMemory(node.signature).scratch.map {
          LayoutProblem.Buffer(sizeInBytes: $0, lifespans: [index + 1..<index + 2])
        }
      }
    }
    problem = LayoutProblem(buffers: blocks, spacings: spacings, alignment: alignment)
    self.blocks = blockOf
  }

  /// A result and an operand that share steps.
  private struct BlockPair: Hashable {
    let result: Int
    let operand: Int
  }

  /// The offset of each buffer of the plan, from those of the blocks; 0 outside the arena.
  func offsets(of layout: Layout) -> [Int] {
    blocks.map { $0.map { layout.offsets[$0] } ?? 0 }
  }
}

extension LayoutProblem.Buffer {
  /// Whether a result, made anew at each of `times`, meets `operand` only then, when that is read for the last
  /// time.
  fileprivate func replaces(_ operand: Self, at times: Set<Int>) -> Bool {
    var isThere = false
    var (a, b) = (0, 0)
    while a < lifespans.count, b < operand.lifespans.count {
      let (own, other) = (lifespans[a], operand.lifespans[b])
      if own.overlaps(other) {
        guard times.contains(own.lowerBound), other.upperBound == own.lowerBound + 1 else {
          return false
        }
        isThere = true
      }
      if own.upperBound <= other.upperBound { a += 1 } else { b += 1 }
    }
    return isThere
  }
}

extension PlanLayout {
  /// The buffers of a plan that has been laid out, each of what it shows counted once.
  ///
  /// Where two buffers show elements of one tensor at overlapping addresses while both are live, the larger
  /// one stands for both.
  init(_ binding: PlanBinding, inPlace: InPlacePolicy) {
    self.init(
      binding.graph, buffers: binding.plan.buffers, steps: binding.plan.steps,
      alignment: binding.plan.alignment, inPlace: inPlace)
    let plan = binding.plan
    let buffers = plan.buffers.indices.filter { blocks[$0] != nil }
      .sorted { (plan.buffers[$1].sizeInBytes, $0) < (plan.buffers[$0].sizeInBytes, $1) }
    let intervals = liveness.lifespans
    var byTensor: [Int: [Int]] = [:]
    for buffer in buffers {
      let own = plan.buffers[buffer]
      let isShown = byTensor[own.tensor, default: []].contains { other in
        plan.buffers[other].byteRange.overlaps(own.byteRange)
          && intervals[buffer].contains { own in intervals[other].contains { own.overlaps($0) } }
      }
      if isShown, let block = blocks[buffer] {
        problem.buffers[block].sizeInBytes = 0
        problem.buffers[block].extents = []
      } else {
        byTensor[own.tensor, default: []].append(buffer)
      }
    }
  }
}

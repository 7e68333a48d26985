internal import Graph
internal import Ops

/// The arena buffers of a plan as blocks to be given addresses.
struct PlanLayout {
  /// The blocks, when they are live, and which of them may overlap.
  private(set) var problem: LayoutProblem
  /// By buffer, when it is live.
  private let intervals: [[Range<Int>]]
  /// By buffer, its block; `nil` outside the arena.
  private let blocks: [Int?]

  /// Finds when buffers are live and what the policy allows to overlap.
  ///
  /// Time is counted in steps, from 1; what comes before the first step is at 0. With `withMicroScratch`, what
  /// TensorFlow Lite Micro's kernels ask for while they run are blocks as well.
  ///
  /// - Complexity: linear in the elements that the steps read and write.
  init(
    _ graph: Graph, buffers: [PlanBuffer], steps: [PlanStep], alignment: Int,
    inPlace: InPlacePolicy, withMicroScratch: Bool = false
  ) {
    intervals = Liveness(graph: graph, buffers: buffers, steps: steps).intervals
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
    for (buffer, head) in heads.enumerated() { lifespans[head] += intervals[buffer] }
    var blockOf = [Int?](repeating: nil, count: buffers.count)
    var blocks: [LayoutProblem.Buffer] = []
    for (index, buffer) in buffers.enumerated()
    where buffer.memory == .arena && heads[index] == index {
      blockOf[index] = blocks.count
      blocks.append(
        LayoutProblem.Buffer(
          sizeInBytes: buffer.sizeInBytes, lifespans: Liveness.merge(lifespans[index])))
    }
    for (index, head) in heads.enumerated() where head != index {
      blockOf[index] = blockOf[head]
    }
    var spacings: [LayoutProblem.Spacing] = []
    for (index, pairs) in pairs.enumerated() {
      for pair in pairs {
        guard let distance = pair.distance, let result = blockOf[pair.result],
          let operand = blockOf[pair.operand], result != operand
        else { continue }
        let aligned = distance.roundedUp(to: alignment)
        guard aligned < blocks[result].sizeInBytes,
          blocks[result].replaces(blocks[operand], at: index + 1)
        else { continue }
        spacings.append(
          LayoutProblem.Spacing(below: result, above: operand, distance: aligned))
      }
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

  /// The offset of each buffer of the plan, from those of the blocks; 0 outside the arena.
  func offsets(of layout: Layout) -> [Int] {
    blocks.map { $0.map { layout.offsets[$0] } ?? 0 }
  }
}

extension LayoutProblem.Buffer {
  /// Whether a result, made at `time`, meets `operand` only then, when that is read for the last time.
  fileprivate func replaces(_ operand: Self, at time: Int) -> Bool {
    var isThere = false
    var (a, b) = (0, 0)
    while a < lifespans.count, b < operand.lifespans.count {
      let (own, other) = (lifespans[a], operand.lifespans[b])
      if own.overlaps(other) {
        guard own.lowerBound == time, other.upperBound == time + 1 else { return false }
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
    var byTensor: [Int: [Int]] = [:]
    for buffer in buffers {
      let own = plan.buffers[buffer]
      let isShown = byTensor[own.tensor, default: []].contains { other in
        plan.buffers[other].byteRange.overlaps(own.byteRange)
          && intervals[buffer].contains { own in intervals[other].contains { own.overlaps($0) } }
      }
      if isShown, let block = blocks[buffer] {
        problem.buffers[block].sizeInBytes = 0
      } else {
        byTensor[own.tensor, default: []].append(buffer)
      }
    }
  }
}

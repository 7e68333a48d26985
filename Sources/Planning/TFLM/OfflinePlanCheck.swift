public import Graph
internal import Ops
internal import Tensor

/// What an offline memory plan makes of a network, and what is wrong with it.
///
/// TensorFlow Lite Micro takes offsets as they are. It places tensors that have none, and scratch, around them,
/// so that everything is looked at where it comes to lie.
public struct OfflinePlanCheck: Sendable {
  /// A result on an operand that is read for the last time while the result is made.
  public struct InPlaceResult: Hashable, Sendable {
    /// The result's tensor.
    public let result: Int
    /// The operand's tensor.
    public let operand: Int
    /// The operator.
    public let op: Int

    /// Names tensors and operator.
    public init(result: Int, operand: Int, op: Int) {
      self.result = result
      self.operand = operand
      self.op = op
    }
  }

  /// What is wrong, at most `largestFindingCount`.
  public private(set) var findings: [OfflinePlanFinding] = []
  /// Whether more is wrong than `findings` lists.
  public private(set) var hasMoreFindings = false
  /// Where everything comes to lie; `nil` where the model is not loaded, or where there are more buffers than
  /// `largestBufferCount`.
  public private(set) var layout: MicroPlan?
  /// Overlaps that the operators allow.
  public private(set) var inPlaceResults: [InPlaceResult] = []
  /// Tensors that have an offset which has no effect: constants, and those without elements.
  public private(set) var ignored: [Int] = []

  /// Variables that have an offset, so that they lie among the tensors.
  public private(set) var placedVariables: [Int] = []

  /// How many findings are listed.
  public static let largestFindingCount = 1000

  private let graph: Graph
  /// By operator, which results may lie on which operands.
  private let pairs: [[InPlacePairs.Pair]]

  /// Checks offsets, -1 for tensors left to the planner, against the model's first subgraph.
  ///
  /// `tensorCount` is the number of tensors in all subgraphs. Nothing is said of offsets of tensors of later
  /// subgraphs.
  ///
  /// - Complexity: O(n^2) in the number of buffers.
  public init(offsets: [Int], tensorCount: Int, graph: Graph) {
    self.graph = graph
    pairs = InPlacePairs.ofOperators(in: graph, policy: .all)
    guard offsets.count == tensorCount else {
      add(.count(found: offsets.count, expected: tensorCount))
      return
    }
    let count = graph.recordedTensorCount
    var fixedOffsets = [Int?](repeating: nil, count: count)
    for (index, offset) in offsets.prefix(count).enumerated() where offset != -1 {
      let tensor = graph.tensors[index]
      let end = offset + tensor.type.sizeInBytes
      if tensor.constant != nil || tensor.type.sizeInBytes == 0 {
        ignored.append(index)
      } else if offset < 0 {
        add(.negative(tensor: index, offset: offset))
      } else if end > Plan.largestPeakInBytes {
        add(.tooHigh(tensor: index, end: end))
      } else {
        if offset % MicroBuffer.alignment != 0 { add(.misaligned(tensor: index, offset: offset)) }
        if graph.variableOf[index] != nil { placedVariables.append(index) }
        fixedOffsets[index] = offset
      }
    }
    let buffers = MicroBuffers.buffers(of: graph, fixedOffsets: fixedOffsets)
    guard buffers.count <= MicroGreedyPlanner.largestBufferCount else { return }
    let layout = MicroGreedyPlanner.plan(buffers)
    self.layout = layout
    addOverlaps(in: layout)
    inPlaceResults.sort { ($0.op, $0.result) < ($1.op, $1.result) }
  }

  private mutating func add(_ finding: OfflinePlanFinding) {
    if findings.count < Self.largestFindingCount {
      findings.append(finding)
    } else {
      hasMoreFindings = true
    }
  }

  /// Compares each buffer with those that start inside it.
  private mutating func addOverlaps(in layout: MicroPlan) {
    let ranges = zip(layout.buffers, layout.offsets).map { $1..<$1 + $0.sizeInBytes }
    let order = ranges.indices.sorted {
      (ranges[$0].lowerBound, $0) < (ranges[$1].lowerBound, $1)
    }
    for (position, index) in order.enumerated() {
      for other in order[(position + 1)...] {
        guard ranges[other].lowerBound < ranges[index].upperBound, !hasMoreFindings else { break }
        let addresses = ranges[index].clamped(to: ranges[other])
        if !addresses.isEmpty {
          addOverlap(of: min(index, other), max(index, other), at: addresses, in: layout)
        }
      }
    }
  }

  private mutating func addOverlap(
    of first: Int, _ second: Int, at addresses: Range<Int>, in layout: MicroPlan
  ) {
    let (a, b) = (layout.buffers[first], layout.buffers[second])
    for (state, other) in [(a, b), (b, a)] {
      if let tensor = state.content.tensor, graph.variableOf[tensor] != nil {
        add(.overwrittenState(variable: tensor, by: other.content, addresses: addresses))
        return
      }
    }
    // Before any scope: tensors that no operator has.
    guard a.overlapsInTime(b), a.scopes.upperBound >= 0 else { return }
    for (operand, result) in [(first, second), (second, first)] {
      let (from, to) = (layout.buffers[operand], layout.buffers[result])
      let distance = layout.offsets[result] - layout.offsets[operand]
      guard from.scopes.upperBound == to.scopes.lowerBound,
        let source = from.content.tensor, let target = to.content.tensor,
        !graph.modelOutputs.contains(source),
        mayLie(target, on: source, distance: distance, op: to.scopes.lowerBound - 1)
      else { continue }
      inPlaceResults.append(
        InPlaceResult(result: target, operand: source, op: to.scopes.lowerBound - 1))
      return
    }
    add(
      .overlap(
        a.content, b.content, addresses: addresses, scopes: a.scopes.clamped(to: b.scopes)))
  }

  /// Whether a result may start `distance` bytes behind an operand of the operator that makes it.
  private func mayLie(_ result: Int, on operand: Int, distance: Int, op: Int) -> Bool {
    guard pairs.indices.contains(op) else { return false }
    return pairs[op].contains { pair in
      pair.result == result && pair.operand == operand
        && pair.distance.map { distance <= -$0 } ?? (distance == 0)
    }
  }
}

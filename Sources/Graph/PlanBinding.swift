public import Ops
public import Tensor

/// A plan that fits its network: every index exists, every region lies in its tensor.
///
/// Whether the plan is *right* is another matter, for the checker.
public struct PlanBinding: Sendable {
  /// The network.
  public let graph: Graph
  /// The plan.
  public let plan: Plan
  /// The profile that the plan names.
  public let profile: Profile
  /// The kernel of each operator that a step uses, by operator.
  public let kernels: [(any Kernel)?]
  /// Where the elements of each buffer lie.
  public let runs: [ElementRuns]

  /// Binds a plan to its network, to be used under the profile that it names, or under `expected`
  /// alone.
  ///
  /// - Throws: every fault of the plan, buffers first.
  /// - Complexity: linear in the plan.
  public init(
    _ plan: Plan, to graph: Graph, under expected: Profile? = nil
  ) throws(PlanFaults) {
    var faults: [PlanFault] = []
    if plan.modelHash != graph.modelHash {
      faults.append(.otherModel(expected: graph.modelHash, found: plan.modelHash))
    }
    let profile = Profile.named(plan.profile)
    if profile == nil {
      faults.append(.noSuchProfile(plan.profile))
    } else if let expected, expected.name != plan.profile {
      faults.append(.otherProfile(expected: expected.name, found: plan.profile))
    }
    if plan.alignment < 1 || plan.alignment & (plan.alignment - 1) != 0 {
      faults.append(.badAlignment(plan.alignment))
    }
    let used = Set(plan.steps.map(\.op))
    let kernels = graph.nodes.indices.map { index in
      used.contains(index)
        ? graph.nodes[index].operation.kernel(
          for: graph.nodes[index].signature, profile: profile ?? .tflm) : nil
    }
    var buffers = BufferFaults(graph)
    buffers.collect(plan.buffers, into: &faults)
    let steps = StepFaults(graph: graph, plan: plan)
    for index in plan.steps.indices { steps.collect(index, into: &faults) }
    guard faults.isEmpty, let profile else { throw PlanFaults(faults) }
    self.graph = graph
    self.plan = plan
    self.profile = profile
    self.kernels = kernels
    runs = plan.buffers.map { ElementRuns($0, shape: graph.tensors[$0.tensor].type.shape) }
  }

  /// The operator of a step.
  public func node(of step: PlanStep) -> GraphNode { graph.nodes[step.op] }

  /// The index among its operator's outputs of the tensor that a destination holds.
  public func outputIndex(of destination: PlanStep.Destination, in step: PlanStep) -> Int {
    node(of: step).outputs.firstIndex(of: plan.buffers[destination.buffer].tensor) ?? 0
  }
}

/// Everything that keeps a plan from being walked.
public struct PlanFaults: Error, Hashable, Sendable, CustomStringConvertible {
  /// The faults, buffers first, then steps in order.
  public let faults: [PlanFault]

  /// Collects faults.
  public init(_ faults: [PlanFault]) { self.faults = faults }

  /// How many faults people are shown.
  private static let shown = 40

  /// What is wrong, where, and what was expected, a line each.
  public var description: String {
    var lines = faults.prefix(Self.shown).map(\.description)
    if faults.count > Self.shown { lines.append("and \(faults.count - Self.shown) more") }
    return lines.joined(separator: "\n")
  }
}

extension PlanBinding {
  /// The taps that a step adds, as a box of the summed operand; all of them where the step states none.
  public func reduce(of step: PlanStep) -> Region {
    if let reduce = step.reduce { return reduce }
    guard let operand = node(of: step).summedInput else { return Region([]) }
    return graph.whole(operand)
  }

  /// The tile of a step, per tensor that it computes: (index among the operator's outputs, region).
  public func tiles(of step: PlanStep) -> [(output: Int, region: Region)] {
    if let sums = step.sums { return [(outputIndex(of: sums, in: step), sums.region)] }
    if step.outputs.count == 1 {
      return [(outputIndex(of: step.outputs[0], in: step), step.outputs[0].region)]
    }
    var tiles: [(output: Int, region: Region)] = []
    for destination in step.outputs {
      let output = outputIndex(of: destination, in: step)
      if !tiles.contains(where: { $0.output == output }) {
        tiles.append((output, destination.region))
      }
    }
    return tiles
  }

  /// The smallest box of `operand` that holds all that a step reads.
  public func reads(of operand: Int, in step: PlanStep) -> Region {
    let node = node(of: step)
    let reduce = operand == node.summedOperand ? reduce(of: step) : nil
    return tiles(of: step).reduce(Region([])) { box, tile in
      let bounds = node.accesses[tile.output].bounds(of: operand, for: tile.region)
      let read = reduce.map { bounds.intersection($0) } ?? bounds
      return box.rank == 0 ? read : box.union(read)
    }
  }
}

extension PlanBinding {
  /// Multiply-accumulates that a step takes, padding included.
  public func macs(of step: PlanStep) -> Int {
    guard step.phase != .finish else { return 0 }
    let node = node(of: step)
    let reduce = reduce(of: step)
    return tiles(of: step).reduce(0) { sum, tile in
      sum
        + node.operation.macs(
          node.signature, node.accesses[tile.output], output: tile.output, over: tile.region,
          reduce: reduce)
    }
  }
}

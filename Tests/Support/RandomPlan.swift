public import Graph
internal import Ops
internal import Planning
public import Tensor

/// A sound plan of any kind that the format knows, drawn at random: what no check may refuse.
///
/// Operators run in a random order that the network allows, in groups of every mode; then steps are cut
/// into tiles, sums into parts, results copied and ends moved to the caller's memory.
public struct RandomPlan: Sendable {
  /// Something that a plan may do.
  public enum Feature: String, CaseIterable, Sendable {
    case untiled, reordered, recompute, nested, channels
    case lineByHeight = "line by height"
    case lineByWidth = "line by width"
    case inPlace = "results on operands"
    case separate = "every tensor apart"
    case tiles = "tiles of single steps"
    case parts = "sums in parts"
    case copies
    case host = "ends in host memory"
  }

  /// The plan.
  public let plan: Plan
  /// What it does.
  public let features: Set<Feature>

  /// Draws a plan of `graph` that takes at most `macs` multiply-accumulates, or as many as the network
  /// alone.
  public init(of graph: Graph, macs: Int, using generator: inout SplitMix64) throws {
    var features: Set<Feature> = []
    let order =
      Int.random(in: 0..<3, using: &generator) > 0
      ? Array(graph.nodes.indices) : Self.order(of: graph, using: &generator)
    let ordered = try graph.reordered(order)
    if order != Array(graph.nodes.indices) { features.insert(.reordered) }
    let profile = Profile.all[Int.random(in: 0..<2, using: &generator)]
    let inPlace = InPlacePolicy.allCases.randomElement(using: &generator) ?? .none
    let alignment = [1, 4, 16, 64][Int.random(in: 0..<4, using: &generator)]
    let options = PlanningOptions(alignment: alignment, inPlace: inPlace, order: .file)
    var plan = TilingLowering.untiled(
      ordered, profile: profile, options: options)
    var tiling = Tiling(modelHash: graph.modelHash, groups: [])
    let wanted = Int.random(in: 0...4, using: &generator)
    for _ in 0..<3 * wanted where tiling.groups.count < wanted {
      var more = tiling
      more.groups += PlanRandomTiling.connectedGroup(in: ordered, using: &generator)
      let lowered = try? TilingLowering.plan(
        more, for: ordered, profile: profile, options: options)
      guard let lowered, try PlanBinding(lowered, to: ordered).macs <= max(macs, graph.macs) else {
        continue
      }
      (plan, tiling) = (lowered, more)
    }
    features.formUnion(tiling.groups.flatMap(Self.features))
    if tiling.groups.isEmpty { features.insert(.untiled) }
    features.insert(inPlace == .none ? .separate : .inPlace)
    for index in plan.steps.indices { plan.steps[index].op = order[plan.steps[index].op] }
    var edits = RandomPlanEdits(plan, of: graph)
    if Int.random(in: 0..<3, using: &generator) == 0, edits.moveEndsToHost(using: &generator) {
      features.insert(.host)
    }
    if Int.random(in: 0..<3, using: &generator) == 0, edits.copyResult(using: &generator) {
      features.insert(.copies)
    }
    if Int.random(in: 0..<3, using: &generator) == 0, edits.cutStep(using: &generator) {
      features.insert(.tiles)
    }
    if Int.random(in: 0..<3, using: &generator) == 0, edits.splitSum(using: &generator) {
      features.insert(.parts)
    }
    self.plan = edits.plan
    self.features = features
  }

  private static func features(of group: FusedGroup) -> [Feature] {
    switch group.mode {
    case .recompute: group.inner.isEmpty ? [.recompute] : [.recompute, .nested]
    case .line: [group.ringAxis == .height ? .lineByHeight : .lineByWidth]
    case .channels: [.channels]
    }
  }

  /// Operators in a random order in which each comes after those that it reads from.
  private static func order(of graph: Graph, using generator: inout SplitMix64) -> [Int] {
    let producers = graph.producers
    var waiting = Array(graph.nodes.indices)
    var done: Set<Int> = []
    var order: [Int] = []
    while !waiting.isEmpty {
      let ready = waiting.indices.filter { place in
        graph.nodes[waiting[place]].inputs.allSatisfy { input in
          input.flatMap { producers[$0] }.map(done.contains) ?? true
        }
      }
      // A graph is sound: the first operator that is left reads nothing but what has been made.
      let op = waiting.remove(at: ready[Int.random(in: ready.indices, using: &generator)])
      order.append(op)
      done.insert(op)
    }
    return order
  }
}

extension Graph {
  /// The same network with its operators in another order.
  fileprivate func reordered(_ order: [Int]) throws -> Graph {
    try Graph(
      tensors: tensors,
      nodes: order.map { op in
        (operation: nodes[op].operation, inputs: nodes[op].inputs, outputs: nodes[op].outputs)
      },
      inputs: modelInputs, outputs: modelOutputs, variables: variables, modelHash: modelHash)
  }
}

extension PlanBinding {
  /// Multiply-accumulates of all steps.
  fileprivate var macs: Int { plan.steps.reduce(0) { $0 + macs(of: $1) } }
}

public import Graph
internal import Ops
public import Planning
public import Tensor

/// Draws groups of any mode over a graph; not every draw can be lowered.
public enum PlanRandomTiling {
  /// One to three groups of consecutive operators.
  public static func groups(
    for graph: Graph, using generator: inout SplitMix64
  ) -> [FusedGroup] {
    var groups: [FusedGroup] = []
    var low = Int.random(in: 0..<graph.nodes.count, using: &generator)
    for _ in 0..<Int.random(in: 1...3, using: &generator) where low < graph.nodes.count {
      let high = min(graph.nodes.count, low + Int.random(in: 1...5, using: &generator))
      if let group = group(Array(low..<high), graph, &generator) { groups.append(group) }
      low = high + Int.random(in: 0...2, using: &generator)
    }
    return groups
  }

  /// A group of one to six operators that are connected, the last of them drawn first; empty where none
  /// can be drawn.
  public static func connectedGroup(
    in graph: Graph, using generator: inout SplitMix64
  ) -> [FusedGroup] {
    let producers = graph.producers
    let exit = Int.random(in: graph.nodes.indices, using: &generator)
    var ops: Set<Int> = [exit]
    for _ in 0..<Int.random(in: 0...5, using: &generator) {
      let sources = Set(
        ops.flatMap { op in graph.nodes[op].inputs.compactMap { $0.flatMap { producers[$0] } } }
      ).subtracting(ops)
      guard let next = sources.sorted().randomElement(using: &generator) else { break }
      ops.insert(next)
    }
    return [group(ops.sorted(), graph, &generator)].compactMap { $0 }
  }

  /// The plan of random groups under a random profile; `nil` for groups that cannot be lowered.
  public static func plan(for graph: Graph, using generator: inout SplitMix64) -> Plan? {
    let tiling = Tiling(modelHash: graph.modelHash, groups: groups(for: graph, using: &generator))
    let profile = Profile.all[Int.random(in: 0..<2, using: &generator)]
    return try? TilingLowering.plan(tiling, for: graph, profile: profile)
  }

  /// Boundaries from 0 to `extent`, at most four of them inside.
  public static func cuts(of extent: Int, using generator: inout SplitMix64) -> [Int] {
    let inside = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      Int.random(in: 0...extent, using: &generator)
    }
    return Set(inside + [0, extent]).sorted()
  }

  private static func group(
    _ ops: [Int], _ graph: Graph, _ generator: inout SplitMix64
  ) -> FusedGroup? {
    guard let first = ops.first, let last = ops.last else { return nil }
    let exit = graph.nodes[last].signature.outputs[0].shape
    switch Int.random(in: 0..<3, using: &generator) {
    case 0:
      return recompute(ops, graph, exit, &generator)
    case 1:
      let ring: FusedGroup.RingAxis = Bool.random(using: &generator) ? .height : .width
      let across = ring.across.axis
      let operand = graph.nodes[last].signature.input(0).shape
      // A sum over all rows is streamed, and its operand is what is cut.
      let cut = exit.rank == 4 && exit[ring.axis] > 1 ? exit : operand
      let cuts =
        cut.rank == 4 && Bool.random(using: &generator)
        ? Self.cuts(of: cut[across], using: &generator) : nil
      return FusedGroup(
        ops: ops, mode: .line,
        cuts: ring == .height ? .init(width: cuts) : .init(height: cuts),
        step: Int.random(in: 1...4, using: &generator), ringAxis: ring)
    default:
      return channels(ops, graph, first, &generator)
    }
  }

  private static func channels(
    _ ops: [Int], _ graph: Graph, _ first: Int, _ generator: inout SplitMix64
  ) -> FusedGroup {
    let start = graph.nodes[first].signature.outputs[0].shape
    return FusedGroup(
      ops: ops, mode: .channels,
      cuts: .init(channels: cuts(of: start[start.rank - 1], using: &generator)))
  }

  private static func recompute(
    _ ops: [Int], _ graph: Graph, _ exit: Shape, _ generator: inout SplitMix64
  ) -> FusedGroup {
    var group = FusedGroup(ops: ops, mode: .recompute)
    guard exit.rank > 1 else { return group }
    group.cuts.height = cuts(of: exit[1], using: &generator)
    if exit.rank == 4 && Bool.random(using: &generator) {
      group.cuts.width = cuts(of: exit[2], using: &generator)
    }
    if Int.random(in: 0..<3, using: &generator) == 0 {
      let low = Int.random(in: 0..<ops.count, using: &generator)
      let high = Int.random(in: low..<ops.count, using: &generator)
      group.inner = [channels(Array(ops[low...high]), graph, ops[low], &generator)]
    }
    return group
  }
}

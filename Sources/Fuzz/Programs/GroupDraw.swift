internal import Graph
internal import Ops
internal import Planning
internal import Tensor

/// Draws groups of operators over a network; not every draw can be lowered.
struct GroupDraw {
  /// The network.
  let graph: Graph
  /// The kinds of groups to draw, never none.
  let modes: [SearchMode]

  /// A group of one to six operators that are connected, the last of them drawn first, or of consecutive ones.
  func group(using generator: inout SplitMix64) -> FusedGroup? {
    guard let mode = modes.randomElement(using: &generator) else { return nil }
    let last = Int.random(in: graph.nodes.indices, using: &generator)
    let ops =
      Int.random(in: 0..<4, using: &generator) > 0
      ? connected(to: last, using: &generator)
      : Array(max(0, last - Int.random(in: 0...5, using: &generator))...last)
    return group(of: ops, mode, using: &generator)
  }

  /// A group of given operators.
  ///
  /// - Precondition: there is one at least.
  func group(
    of ops: [Int], _ mode: SearchMode, using generator: inout SplitMix64
  ) -> FusedGroup {
    switch mode {
    case .fdt: channels(ops, using: &generator)
    case .line: line(ops, using: &generator)
    case .ffmt: tiles(ops, using: &generator)
    case .strip:
      tiles(ops, inner: line(part(of: ops, &generator), using: &generator), using: &generator)
    case .nested:
      tiles(ops, inner: channels(part(of: ops, &generator), using: &generator), using: &generator)
    }
  }

  private func connected(to exit: Int, using generator: inout SplitMix64) -> [Int] {
    let producers = graph.producers
    var ops: Set<Int> = [exit]
    for _ in 0..<Int.random(in: 0...5, using: &generator) {
      let sources = Set(
        ops.flatMap { op in graph.nodes[op].inputs.compactMap { $0.flatMap { producers[$0] } } }
      ).subtracting(ops)
      guard let next = sources.sorted().randomElement(using: &generator) else { break }
      ops.insert(next)
    }
    return ops.sorted()
  }

  /// Mostly all of some operators, else consecutive ones among them.
  private func part(of ops: [Int], _ generator: inout SplitMix64) -> [Int] {
    if Bool.random(using: &generator) { return ops }
    let low = Int.random(in: ops.indices, using: &generator)
    return Array(ops[low...Int.random(in: low..<ops.count, using: &generator)])
  }

  private func result(of op: Int) -> Shape { graph.nodes[op].signature.outputs[0].shape }

  private func tiles(
    _ ops: [Int], inner: FusedGroup? = nil, using generator: inout SplitMix64
  ) -> FusedGroup {
    let exit = result(of: ops[ops.count - 1])
    var group = FusedGroup(ops: ops, mode: .recompute, inner: inner)
    guard exit.rank > 1 else { return group }
    let kind = Int.random(in: 0..<3, using: &generator)
    if kind > 0 || exit.rank < 3 { group.cuts.height = cuts(of: exit[1], using: &generator) }
    if kind < 2 && exit.rank > 2 { group.cuts.width = cuts(of: exit[2], using: &generator) }
    return group
  }

  private func line(_ ops: [Int], using generator: inout SplitMix64) -> FusedGroup {
    let last = ops[ops.count - 1]
    let ring: FusedGroup.RingAxis = Bool.random(using: &generator) ? .height : .width
    // A sum over all rows is streamed, and its operand is what is cut.
    let operand = graph.nodes[last].signature.inputs.first?.map(\.type.shape)
    let exit = result(of: last)
    let cut = exit.rank == 4 && exit[ring.axis] > 1 ? exit : operand ?? exit
    let across =
      cut.rank == 4 && Bool.random(using: &generator)
      ? cuts(of: cut[ring.across.axis], using: &generator) : nil
    let early = ops.dropLast().filter { _ in Int.random(in: 0..<8, using: &generator) == 0 }
    return FusedGroup(
      ops: ops, mode: .line, cuts: ring == .height ? .init(width: across) : .init(height: across),
      step: Bool.random(using: &generator) ? 1 : Int.random(in: 1...4, using: &generator),
      ringAxis: ring, early: Array(early))
  }

  private func channels(_ ops: [Int], using generator: inout SplitMix64) -> FusedGroup {
    let start = result(of: ops[0])
    let slices = start.extents.last.map { cuts(of: $0, using: &generator) }
    return FusedGroup(ops: ops, mode: .channels, cuts: .init(channels: slices))
  }

  /// Boundaries from 0 to `extent`, at most four of them inside.
  private func cuts(of extent: Int, using generator: inout SplitMix64) -> [Int] {
    let inside = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      Int.random(in: 0...extent, using: &generator)
    }
    return Set(inside + [0, extent]).sorted()
  }
}

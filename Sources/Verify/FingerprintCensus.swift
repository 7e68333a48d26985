internal import Graph
internal import Ops
internal import Tensor
internal import TiledExec

/// How many values of each pseudorandom function two runs on fingerprints compute: what the chance of
/// an accident follows from.
struct FingerprintCensus {
  /// What is computed of one result at one time.
  private struct Tile {
    let op: Int
    let output: Int
    let region: Region
    let reduce: Region
    let phase: PlanStep.Phase
  }

  /// Where the functions of each result begin, by operator and output; `nil` where all operators share
  /// one function.
  private let firsts: [[Int]]?
  /// Values by function: a result has one, and one per output channel where sums are finished.
  private var counts: [Int]

  init(_ graph: Graph, _ identity: FieldKey.Identity) {
    guard identity == .operators else {
      (firsts, counts) = (nil, [0])
      return
    }
    var count = 0
    firsts = graph.nodes.map { node in
      node.signature.outputs.map { output in
        defer { count += node.sumElement == nil ? 1 : output.shape.extents.last ?? 1 }
        return count
      }
    }
    counts = [Int](repeating: 0, count: count)
  }

  /// Counts what one run of a plan computes.
  ///
  /// - Complexity: linear in the plan's steps and their channels.
  mutating func add(_ binding: PlanBinding) {
    for step in binding.plan.steps {
      guard let kernel = binding.kernels[step.op] else { continue }
      for tile in binding.tiles(of: step) {
        add(
          Tile(
            op: step.op, output: tile.output, region: tile.region,
            reduce: binding.reduce(of: step), phase: step.phase),
          binding.node(of: step), kernel)
      }
    }
  }

  /// Counts what one run of a network computes.
  mutating func add(_ network: NetworkExecutor) {
    for (op, node) in network.graph.nodes.enumerated() {
      for (output, tensor) in node.outputs.enumerated() {
        add(
          Tile(
            op: op, output: output, region: network.graph.whole(tensor),
            reduce: node.summedInput.map(network.graph.whole) ?? Region([]), phase: .whole),
          node, network.kernels[op])
      }
    }
  }

  private mutating func add(_ tile: Tile, _ node: GraphNode, _ kernel: any Kernel) {
    guard let firsts else {
      counts[0] += kernel.valueCount(of: tile.region) + Self.orderedTerms(tile, node)
      return
    }
    // Sums that are not finished yet are linear forms.
    if tile.phase == .start || tile.phase == .add { return }
    let first = firsts[tile.op][tile.output]
    if node.sumElement != nil, let channels = tile.region.ranges.last, !channels.isEmpty {
      for channel in channels { counts[first + channel] += tile.region.count / channels.count }
    } else {
      counts[first] += kernel.valueCount(of: tile.region)
    }
  }

  /// A bound on the probability that programs that differ have equal fingerprints.
  ///
  /// Only two values of one function can agree by accident, each such pair with probability
  /// 18 / 2^64 at most; see docs/verdicts.md. One more pair stands for the outputs.
  var falseAcceptBound: Double {
    let pairs = counts.reduce(1.0) { $0 + Double($1) * Double($1 - 1) / 2 }
    return min(1, pairs * 18 / 0x1p64)
  }

  /// The terms of sums of floats, each of which is a function's value between networks.
  private static func orderedTerms(_ tile: Tile, _ node: GraphNode) -> Int {
    guard node.sumElement == .float32, tile.phase != .finish else { return 0 }
    return node.accesses[tile.output].tapCount(for: tile.region, reduce: tile.reduce)
  }
}

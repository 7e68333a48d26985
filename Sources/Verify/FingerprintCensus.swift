internal import Graph
internal import Ops
internal import Tensor

/// How many values of each pseudorandom function two runs on fingerprints compute: what the chance of
/// an accident follows from.
struct FingerprintCensus {
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
      let node = binding.node(of: step)
      for tile in binding.tiles(of: step) {
        guard let firsts else {
          counts[0] += values(of: tile.region, step, binding)
          counts[0] += Self.orderedTerms(step, node.accesses[tile.output], tile.region, binding)
          continue
        }
        // Sums that are not finished yet are linear forms.
        if step.phase == .start || step.phase == .add { continue }
        let first = firsts[step.op][tile.output]
        if node.sumElement != nil, let channels = tile.region.ranges.last, !channels.isEmpty {
          for channel in channels { counts[first + channel] += tile.region.count / channels.count }
        } else {
          counts[first] += values(of: tile.region, step, binding)
        }
      }
    }
  }

  private func values(of region: Region, _ step: PlanStep, _ binding: PlanBinding) -> Int {
    binding.kernels[step.op]?.valueCount(of: region) ?? region.count
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
  private static func orderedTerms(
    _ step: PlanStep, _ access: Access, _ region: Region, _ binding: PlanBinding
  ) -> Int {
    guard binding.node(of: step).sumElement == .float32, step.phase != .finish else { return 0 }
    return access.tapCount(for: region, reduce: binding.reduce(of: step))
  }
}

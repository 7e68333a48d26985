public import Graph
internal import Ops
internal import TiledExec
internal import Tensor

/// Finds an input on which a plan goes wrong, and reduces both.
public struct WitnessSearch {
  private let binding: PlanBinding
  private let reference: NetworkExecutor
  private let isRefuted: Bool
  private let essences: Set<Finding.Essence>
  /// How many plans and inputs may be tried.
  private let tries: Int
  /// How far outputs of floats may be off, relative to the largest number.
  private let tolerance: Double

  /// Work that all tries may take together, in multiply-accumulates and elements.
  private static let budget = 2_000_000_000

  /// The smallest witness that a bounded number of tries finds among samples; `nil` if every output
  /// agrees on all of them, or the plan cannot be run.
  ///
  /// The reduced plan has the findings that the plan has, or fewer, and no other. Outputs of floats that a
  /// plan adds in another order count as different where rounding does not explain it.
  ///
  /// - Throws: an input that is not the network's.
  public static func find(_ binding: PlanBinding, among samples: [Sample]) throws -> Witness? {
    guard let executor = try? Executor(binding, isGuarded: true) else { return nil }
    let search = WitnessSearch(
      binding, try NetworkExecutor(binding.graph, profile: binding.profile, isGuarded: true))
    for sample in samples {
      let expected = try search.reference.run(sample.inputs)
      if try search.differs(executor.run(sample.inputs).outputs, expected) {
        return try search.reduce(sample, expected)
      }
    }
    return nil
  }

  private init(_ binding: PlanBinding, _ reference: NetworkExecutor) {
    self.binding = binding
    self.reference = reference
    let findings = OwnershipWalk.findings(in: binding)
    isRefuted = !findings.isEmpty
    essences = Set(findings.map(\.essence))
    let elements = binding.plan.steps.reduce(0) {
      $0 + $1.destinations.reduce(0) { $0 + $1.region.count }
    }
    tries = Self.tries(work: elements + binding.graph.macs + binding.plan.peakInBytes)
    tolerance = binding.keepsOrderOfFloatSums ? 0 : 1e-3
  }

  /// How many times some work may be tried.
  static func tries(work: Int) -> Int { min(1000, max(20, budget / (2 * work + 1))) }

  private func differs(_ outputs: [Bytes], _ expected: [Bytes]) -> Bool {
    let graph = binding.graph
    return zip(graph.outputs, zip(outputs, expected)).contains { tensor, values in
      FloatDifference.relative(values.0, values.1, graph.tensors[tensor].type.element) > tolerance
        || (tolerance == 0 && values.0 != values.1)
    }
  }

  /// What is left of the plan, then of the input.
  private func reduce(_ sample: Sample, _ expected: [Bytes]) throws -> Witness? {
    let reduction = PlanReduction(binding)
    var planTries = tries / 2
    func steps(_ units: [Int]) -> [Int] { units.flatMap { reduction.units[$0] }.sorted() }
    func goesWrong(_ units: [Int]) throws -> Bool {
      try isSameFault(reduction.keeping(steps(units)), on: sample, expected)
    }
    let all = Array(reduction.units.indices)
    guard try goesWrong(all) else {
      return try reduceInput(binding.plan, Array(binding.plan.steps.indices), sample)
    }
    // Whole operators first: what does not matter goes at once.
    let byOperator = Dictionary(grouping: all) { binding.plan.steps[reduction.units[$0][0]].op }
    func units(_ ops: [Int]) -> [Int] { ops.flatMap { byOperator[$0] ?? [] }.sorted() }
    let ops = try byOperator.keys.sorted().minimized(tries: &planTries) {
      try goesWrong(units($0))
    }
    let kept = try units(ops).minimized(tries: &planTries, goesWrong)
    return try reduceInput(reduction.keeping(steps(kept)), steps(kept), sample)
  }

  private func reduceInput(_ plan: Plan, _ steps: [Int], _ sample: Sample) throws -> Witness? {
    let executor = try Executor(PlanBinding(plan, to: binding.graph), isGuarded: true)
    return try InputWitness.reduced(
      sample, of: binding.graph, tries: tries / 2,
      expected: { try reference.run($0) }, actual: { try executor.run($0).outputs },
      differ: differs
    ).map { Witness(plan: plan, steps: steps, input: $0) }
  }

  /// Whether a plan goes wrong on a sample as the original does, and in no other way.
  private func isSameFault(_ plan: Plan, on sample: Sample, _ expected: [Bytes]) throws -> Bool {
    guard let binding = try? PlanBinding(plan, to: binding.graph),
      let executor = try? Executor(binding, isGuarded: true)
    else { return false }
    let found = Set(OwnershipWalk.findings(in: binding).map(\.essence))
    guard found.isEmpty == !isRefuted, found.isSubset(of: essences) else { return false }
    return try differs(executor.run(sample.inputs).outputs, expected)
  }
}

internal import Graph
internal import Ops
internal import TiledExec
internal import Tensor

/// Judges plans of one network as the verifier would, and holds what it accepts against the bytes that
/// the network computes.
struct MutantJudge {
  private let graph: Graph
  private let checks: FaultChecks
  private let symbolic: SymbolicReference
  private let samples: [(sample: Sample, outputs: [Bytes])]

  /// Runs the network once on fingerprints and once on each sample.
  init(
    _ graph: Graph, profile: Profile, samples: [Sample], seed: UInt64, checks: FaultChecks
  ) throws {
    let reference = try NetworkExecutor(graph, profile: profile, isGuarded: true)
    self.graph = graph
    self.checks = checks
    symbolic = try SymbolicReference(reference, seed: seed)
    self.samples = try samples.map { ($0, try reference.run($0.inputs)) }
  }

  /// Judges a plan; `needsSymbolic` asks for the symbolic check even where the walk has findings.
  func judge(_ plan: Plan, needsSymbolic: Bool) throws -> Judgement {
    guard let binding = try? PlanBinding(plan, to: graph) else {
      return Judgement(outcome: .malformed, hasEqualFingerprints: nil)
    }
    let isRefuted = checks.contains(.walk) && !OwnershipWalk.isValid(binding)
    if isRefuted && !needsSymbolic {
      return Judgement(outcome: .walk, hasEqualFingerprints: nil)
    }
    guard let executor = try? Executor(binding) else {
      return Judgement(outcome: isRefuted ? .walk : .symbolic, hasEqualFingerprints: nil)
    }
    let isEqual = checks.contains(.symbolic) ? try symbolic.compare(executor).isEqual : nil
    if isRefuted { return Judgement(outcome: .walk, hasEqualFingerprints: isEqual) }
    if isEqual == false { return Judgement(outcome: .symbolic, hasEqualFingerprints: false) }
    guard let sample = try firstDifference(executor) else {
      return Judgement(outcome: .equivalent, hasEqualFingerprints: isEqual)
    }
    // Of such a plan the verifier says that it rounds otherwise.
    let isExcused = isEqual == true && !binding.keepsOrderOfFloatSums
    return Judgement(
      outcome: isExcused ? .symbolic : .missed(sample: sample), hasEqualFingerprints: isEqual)
  }

  /// The name of the first sample on which a plan computes other bytes than the network.
  private func firstDifference(_ executor: Executor) throws -> String? {
    for (index, expected) in samples.enumerated() {
      let execution = try executor.run(
        expected.sample.inputs, poison: index % 2 == 0 ? 0xA5 : 0x5A)
      if execution.outputs != expected.outputs { return expected.sample.name }
    }
    return nil
  }
}

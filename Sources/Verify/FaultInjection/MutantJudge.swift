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
  private let expected: ExpectedOutputs

  /// Prepares to judge as a verifier does, but by some of its checks.
  init(_ verifier: Verifier, checks: FaultChecks) {
    graph = verifier.expected.reference.graph
    self.checks = checks
    symbolic = verifier.symbolic
    expected = verifier.expected
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
    for (index, sample) in expected.samples.enumerated() {
      let execution = try executor.run(sample.inputs, poison: index % 2 == 0 ? 0xA5 : 0x5A)
      let outputs = try expected.outputs(index..<index + 1, atMost: 1)
      if [execution.outputs] != outputs { return sample.name }
    }
    return nil
  }
}

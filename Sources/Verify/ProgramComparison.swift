public import Graph
internal import Ops
internal import TiledExec
public import Tensor

/// What a network and a plan of it make of one input.
public struct ProgramComparison: Sendable {
  /// The input.
  public let sample: Sample
  /// The network's outputs.
  public let expected: [Bytes]
  /// The plan's; `nil` for a plan that cannot be run.
  public let actual: [Bytes]?

  /// What a witness shows of another program.
  public init(_ witness: InputWitness) {
    self.init(sample: witness.sample, expected: witness.expected, actual: witness.actual)
  }

  init(sample: Sample, expected: [Bytes], actual: [Bytes]?) {
    self.sample = sample
    self.expected = expected
    self.actual = actual
  }
}

extension Verifier {
  /// The first sample on which a plan's outputs are not the network's, or else the last one, and the outputs; `nil`
  /// where there is no sample.
  ///
  /// - Throws: an input that is not the network's.
  public func comparison(with binding: PlanBinding) throws -> ProgramComparison? {
    let executor = try? Executor(binding, isGuarded: true)
    var last: ProgramComparison?
    for (index, sample) in expected.samples.enumerated() {
      let outputs = try expected.outputs(index..<index + 1, atMost: 1)[0]
      let actual = try executor?.run(sample.inputs).outputs
      last = ProgramComparison(sample: sample, expected: outputs, actual: actual)
      if let actual, actual != outputs { break }
    }
    return last
  }
}

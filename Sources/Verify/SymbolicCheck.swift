internal import Graph
internal import Ops
internal import TiledExec
internal import Tensor

/// Runs a plan and its network on fingerprints instead of numbers: equal outputs mean equal programs
/// for all inputs and all weights, but for an accident of the random key.
public enum SymbolicCheck {
  /// What the runs showed.
  public struct Result: Hashable, Sendable {
    /// Whether every output has one fingerprint in both programs, none of them poison.
    public let isEqual: Bool
    /// A bound on the probability that programs that differ have equal fingerprints.
    public let falseAcceptBound: Double
  }

  /// Runs both programs under the key that belongs to `seed`; the inputs are matched in order.
  ///
  /// The bound is N(N-1)/2p for the N fingerprints of both runs and the prime p = 2^61 - 1, if
  /// SipHash-2-4 is an ideal pseudorandom function: any two of them that stand for different
  /// expressions agree with a probability of at most 1/p, functions because their values are uniform,
  /// sums because a linear form with a random coefficient vanishes for one of its values at most.
  ///
  /// - Throws: what keeps the plan from being run.
  static func run(
    _ executor: Executor, reference: Executor, seed: UInt64,
    identity: FieldKey.Identity = .operators
  ) throws(ExecutionError) -> Result {
    let graph = executor.binding.graph
    let key = SplitMix64.mix(seed ^ 0x7469_6c65_7772_6967)
    let machine = Machine.field(FieldKey(key, identity: identity))
    let inputs = graph.inputs.enumerated().map { position, tensor in
      Self.fingerprints(of: graph.tensors[tensor].type, input: position, key)
    }
    let expected = try outputs(reference, inputs, machine)
    let actual = try outputs(executor, inputs, machine)
    let poison = expected.contains { bytes in
      bytes.elements(of: UInt64.self).contains(Fingerprints.poison)
    }
    let count = Double(fingerprintCount(executor.binding) + fingerprintCount(reference.binding))
    return Result(
      isEqual: expected == actual && !poison,
      falseAcceptBound: count * (count - 1) / 2 / Double(PrimeField.prime))
  }

  private static func outputs(
    _ executor: Executor, _ inputs: [Bytes], _ machine: Machine
  ) throws(ExecutionError) -> [Bytes] {
    // Cells of all ones are no member of the field.
    var run = try PlanRun(executor, inputs: inputs, on: machine, poison: 0xFF)
    while run.performNextStep() != nil {}
    return run.finish().outputs
  }

  /// A random member of the field per element, in each of the element's cells.
  private static func fingerprints(
    of type: TensorType, input position: Int, _ key: UInt64
  ) -> Bytes {
    var cells: [UInt64] = []
    cells.reserveCapacity(type.sizeInBytes)
    for index in 0..<type.shape.count {
      var hash = SipHash(key0: key, key1: ~UInt64(position))
      hash.add(UInt64(index))
      let element = PrimeField.element(hash.value)
      for _ in 0..<type.element.sizeInBytes { cells.append(element) }
    }
    return Bytes(copying: cells)
  }

  /// How many fingerprints a run makes: of inputs, of elements, and of sums.
  private static func fingerprintCount(_ binding: PlanBinding) -> Int {
    let inputs = binding.graph.inputs.reduce(0) {
      $0 + binding.graph.tensors[$1].type.shape.count
    }
    return binding.plan.steps.reduce(inputs) { count, step in
      count + 2 * step.destinations.reduce(0) { $0 + $1.region.count }
    }
  }
}

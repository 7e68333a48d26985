internal import Graph
internal import Ops
internal import TiledExec
internal import Tensor

/// A network on fingerprints, run once: what any number of its plans are compared with.
struct SymbolicReference: Sendable {
  private let machine: Machine
  private let inputs: [Bytes]
  private let outputs: [Bytes]
  private let isPoisoned: Bool
  private let fingerprintCount: Int

  /// Runs the network under the key that belongs to `seed`; its inputs are told apart by their order.
  init(
    _ reference: Executor, seed: UInt64, identity: FieldKey.Identity = .operators
  ) throws(ExecutionError) {
    let graph = reference.binding.graph
    let key = SplitMix64.mix(seed ^ 0x7469_6c65_7772_6967)
    let machine = Machine.field(FieldKey(key, identity: identity))
    let inputs = graph.inputs.enumerated().map { position, tensor in
      Self.fingerprints(of: graph.tensors[tensor].type, input: position, key)
    }
    let outputs = try Self.outputs(reference, inputs, machine)
    self.machine = machine
    self.inputs = inputs
    self.outputs = outputs
    isPoisoned = outputs.contains { bytes in
      bytes.elements(of: UInt64.self).contains(Fingerprints.poison)
    }
    fingerprintCount = Self.fingerprintCount(reference.binding)
  }

  /// Runs a plan of the network and compares outputs.
  ///
  /// The bound is N(N-1)/2p for the N fingerprints of both runs and the prime p = 2^61 - 1, if
  /// SipHash-2-4 is an ideal pseudorandom function: any two of them that stand for different
  /// expressions agree with a probability of at most 1/p, functions because their values are uniform,
  /// sums because a linear form with a random coefficient vanishes for one of its values at most.
  func compare(_ executor: Executor) throws(ExecutionError) -> SymbolicCheck.Result {
    let actual = try Self.outputs(executor, inputs, machine)
    let count = Double(Self.fingerprintCount(executor.binding) + fingerprintCount)
    return SymbolicCheck.Result(
      isEqual: outputs == actual && !isPoisoned,
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

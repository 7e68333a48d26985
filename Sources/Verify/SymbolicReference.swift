internal import Graph
internal import Ops
internal import TiledExec
internal import Tensor

/// A network on fingerprints, run once: what any number of its plans are compared with.
struct SymbolicReference: Sendable {
  /// Cells of all ones are no member of the field.
  private static let poison: UInt8 = 0xFF

  private let machine: Machine
  private let inputs: [Bytes]
  private let outputs: [Bytes]
  private let isPoisoned: Bool
  private let census: FingerprintCensus

  /// Runs the network under the key that belongs to `seed`; its inputs are told apart by their order.
  init(
    _ reference: NetworkExecutor, seed: UInt64, identity: FieldKey.Identity = .operators
  ) throws(ExecutionError) {
    let graph = reference.graph
    let key = SplitMix64.mix(seed ^ 0x7469_6c65_7772_6967)
    let machine = Machine.field(FieldKey(key, identity: identity))
    let inputs = graph.inputs.enumerated().map { position, tensor in
      Self.fingerprints(of: graph.tensors[tensor].type, input: position, key)
    }
    let outputs = try reference.run(inputs, on: machine, poison: Self.poison)
    self.machine = machine
    self.inputs = inputs
    self.outputs = outputs
    isPoisoned = outputs.contains { bytes in
      bytes.elements(of: UInt64.self).contains(Fingerprints.poison)
    }
    var census = FingerprintCensus(graph, identity)
    census.add(reference)
    self.census = census
  }

  /// Runs a plan of the network and compares outputs.
  func compare(_ executor: Executor) throws(ExecutionError) -> SymbolicCheck.Result {
    var run = try PlanRun(executor, inputs: inputs, on: machine, poison: Self.poison)
    while run.performNextStep() != nil {}
    var census = census
    census.add(executor.binding)
    return result(run.finish().outputs, census)
  }

  /// Runs another network with the same inputs and outputs and compares outputs.
  func compare(_ other: NetworkExecutor) throws(ExecutionError) -> SymbolicCheck.Result {
    let actual = try other.run(inputs, on: machine, poison: Self.poison)
    var census = census
    census.add(other)
    return result(actual, census)
  }

  private func result(_ actual: [Bytes], _ census: FingerprintCensus) -> SymbolicCheck.Result {
    SymbolicCheck.Result(
      isEqual: outputs == actual && !isPoisoned, falseAcceptBound: census.falseAcceptBound)
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
      cells += Fingerprints.cells(
        PrimeField.element(hash.value), width: type.element.sizeInBytes)
    }
    return Bytes(copying: cells)
  }
}

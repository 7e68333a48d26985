internal import Graph
public import Ops
public import Tensor

/// One run of a network, operator by operator.
public struct NetworkRun {
  /// A tensor's memory.
  private final class Block {
    let arena: Arena

    init(_ byteCount: Int, poison: UInt8, isGuarded: Bool) {
      arena = Arena(byteCount: byteCount, poison: poison, isGuarded: isGuarded)
    }
  }

  private let executor: NetworkExecutor
  private let machine: Machine
  private let poison: UInt8
  /// The tensors that are there.
  private var blocks: [Int: Block] = [:]
  private var nextOperator = 0

  /// Fills the network's inputs.
  ///
  /// There is one value per network input, row-major, each byte of it in one cell of `machine`'s storage.
  /// Blocks hold the byte `poison` before an operator writes them.
  ///
  /// - Throws: `ExecutionError.inputMismatch` alone.
  public init(
    _ executor: NetworkExecutor, inputs: [Bytes], on machine: Machine = .numbers,
    poison: UInt8 = 0xA5
  ) throws(ExecutionError) {
    try executor.graph.checkInputs(inputs, cellSizeInBytes: machine.cellSizeInBytes)
    self.executor = executor
    self.machine = machine
    self.poison = poison
    for (tensor, value) in zip(executor.graph.inputs, inputs) where blocks[tensor] == nil {
      value.copy(0..<value.count, to: newBlock(for: tensor).arena.cells(at: 0, of: .uint8).base)
    }
  }

  /// Does the next operator and returns its index; `nil` after the last.
  ///
  /// Its operands and results are there until the next call.
  public mutating func performNextOperator() -> Int? {
    if nextOperator > 0 {
      for tensor in executor.lastUses[nextOperator - 1] { blocks[tensor] = nil }
    }
    guard nextOperator < executor.graph.nodes.count else { return nil }
    defer { nextOperator += 1 }
    perform(nextOperator)
    return nextOperator
  }

  /// The value of a tensor, row-major; `nil` for a constant, and for one that is not there.
  public func value(of tensor: Int) -> Bytes? {
    blocks[tensor].map { block in
      Bytes(
        UnsafeRawBufferPointer(
          start: block.arena.cells(at: 0, of: .uint8).base, count: block.arena.byteCount),
        owner: block)
    }
  }

  /// The network's outputs.
  ///
  /// - Precondition: every operator was performed.
  public var outputs: [Bytes] {
    precondition(nextOperator == executor.graph.nodes.count, "every operator was performed")
    return executor.graph.outputs.map { tensor in
      guard let value = value(of: tensor) else { preconditionFailure("outputs are kept") }
      return value
    }
  }

  private mutating func newBlock(for tensor: Int) -> Block {
    let block = Block(
      executor.graph.tensors[tensor].type.sizeInBytes * machine.cellSizeInBytes, poison: poison,
      isGuarded: executor.isGuarded)
    blocks[tensor] = block
    return block
  }

  private mutating func perform(_ op: Int) {
    let graph = executor.graph
    let node = graph.nodes[op]
    var call = KernelCall(
      op: op,
      inputs: node.inputs.enumerated().map { operand, tensor in
        tensor.flatMap { blocks[$0].map { view(of: tensor ?? 0, $0) } }
          ?? executor.constantOperands[op][operand]
      },
      region: Region([]), reduce: node.summedInput.map(graph.whole) ?? Region([]))
    for (output, tensor) in node.outputs.enumerated() {
      call.output = output
      call.region = graph.whole(tensor)
      let target = view(of: tensor, newBlock(for: tensor))
      executor.kernels[op].compute(call, into: target, on: machine)
    }
  }

  private func view(of tensor: Int, _ block: Block) -> TensorView {
    let region = executor.graph.whole(tensor)
    return TensorView(
      cells: block.arena.cells(at: 0, of: executor.graph.tensors[tensor].type.element),
      region: region, axes: AxisMap.rowMajor(region))
  }
}

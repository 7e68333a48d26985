public import Graph
public import Ops
public import Tensor

/// Runs a network itself: every operator whole, each tensor in a block of its own.
///
/// No plan takes part: nothing has an address, nothing lies on anything else, and a block is given back
/// when the last operator that reads it has run. So this is what plans are compared with.
public struct NetworkExecutor: Sendable {
  /// The network.
  public let graph: Graph
  /// Whether each block lies between pages that may not be touched; see `Arena`.
  public let isGuarded: Bool
  /// The kernel of each operator.
  package let kernels: [any Kernel]
  /// By operator, the tensors that nobody needs when it has run.
  package let lastUses: [[Int]]
  /// What each operator's operands are that are no activations, by operator.
  let constantOperands: [[TensorView?]]

  /// The most bytes that the blocks take at one time.
  package let bytesAtOnce: Int

  /// The most bytes that the blocks may take at one time, as many as a plan's buffers may.
  public static let largestBytesAtOnce = Plan.largestPeakInBytes

  /// A block is charged whole pages, and two that may not be touched, so that there is a bound on the
  /// number of blocks as well.
  private static let page = 4096

  /// Prepares a network to run.
  ///
  /// - Throws: the first operator beside which too much is kept, or an output that no operator makes.
  public init(
    _ graph: Graph, profile: Profile, isGuarded: Bool = false
  ) throws(ExecutionError) {
    self.graph = graph
    self.isGuarded = isGuarded
    kernels = graph.nodes.map { $0.operation.kernel(for: $0.signature, profile: profile) }
    constantOperands = graph.nodes.map(\.unbufferedOperands)
    let made = Set(graph.inputs + graph.nodes.flatMap(\.outputs))
    for tensor in graph.outputs where !made.contains(tensor) {
      throw .outputIncomplete(
        tensor: graph.tensors[tensor].shortName, missing: graph.tensors[tensor].type.shape.count)
    }
    var isKept = [Bool](repeating: false, count: graph.tensors.count)
    for tensor in graph.outputs { isKept[tensor] = true }
    var lastUses = [[Int]](repeating: [], count: graph.nodes.count)
    for (op, node) in graph.nodes.enumerated().reversed() {
      for tensor in node.tensors where made.contains(tensor) && !isKept[tensor] {
        isKept[tensor] = true
        lastUses[op].append(tensor)
      }
    }
    self.lastUses = lastUses
    func room(_ tensor: Int) -> Int {
      (graph.tensors[tensor].type.sizeInBytes + Self.page - 1) / Self.page * Self.page
        + 2 * Self.page
    }
    var bytes = Set(graph.inputs).reduce(0) { $0 + room($1) }
    var most = bytes
    for (op, node) in graph.nodes.enumerated() {
      bytes += node.outputs.reduce(0) { $0 + room($1) }
      guard bytes <= Self.largestBytesAtOnce else {
        throw .tooMuchAtOnce(op: op, bytes: bytes, limit: Self.largestBytesAtOnce)
      }
      most = max(most, bytes)
      bytes -= lastUses[op].reduce(0) { $0 + room($1) }
    }
    bytesAtOnce = most
  }

  /// The outputs of one run; there is one value per network input, row-major, in cells of `machine`.
  ///
  /// - Throws: `ExecutionError.inputMismatch` alone.
  public func run(
    _ inputs: [Bytes], on machine: Machine = .numbers, poison: UInt8 = 0xA5
  ) throws(ExecutionError) -> [Bytes] {
    var run = try NetworkRun(self, inputs: inputs, on: machine, poison: poison)
    while run.performNextOperator() != nil {}
    return run.outputs
  }
}

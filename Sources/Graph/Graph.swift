public import Ops
public import Tensor

/// A network: tensors, and operators in an order of execution.
///
/// Every graph is sound: indices exist, each tensor has one origin and is read after it, and every
/// operator accepts its operands.
public struct Graph: Sendable {
  /// All tensors; operators refer to them by index.
  public let tensors: [GraphTensor]
  /// The operators, each after those whose results it reads.
  public let nodes: [GraphNode]
  /// The tensors that the caller gives.
  public let inputs: [Int]
  /// The tensors that the caller gets.
  public let outputs: [Int]
  /// The SHA-256 of the model file, in hexadecimal.
  public let modelHash: String

  /// The largest activation that is accepted, 256 MiB, so that no model makes us allocate without
  /// bound.
  public static let largestTensorInBytes = 1 << 28

  /// The number of tensors that is refused: the checker numbers them with 19 bits.
  public static let largestTensorCount = 1 << 19

  /// An operator before it is bound to its tensors.
  public typealias UnboundNode = (operation: any Operator, inputs: [Int?], outputs: [Int])

  /// Binds operators to tensors.
  ///
  /// - Throws: the first fault, in the order of the operators.
  public init(
    tensors: [GraphTensor], nodes unbound: [UnboundNode], inputs: [Int], outputs: [Int],
    modelHash: String
  ) throws(GraphError) {
    guard tensors.count < Self.largestTensorCount else { throw .tooManyTensors(tensors.count) }
    var hasValue = tensors.map { $0.constant != nil }
    for tensor in inputs + outputs where !tensors.indices.contains(tensor) {
      throw .noSuchTensor(node: nil, tensor: tensor)
    }
    for tensor in inputs { hasValue[tensor] = true }
    for (index, tensor) in tensors.enumerated()
    where tensor.constant == nil && tensor.type.sizeInBytes > Self.largestTensorInBytes {
      throw .tooLarge(tensor: index, name: tensor.name, bytes: tensor.type.sizeInBytes)
    }
    var nodes: [GraphNode] = []
    for (index, node) in unbound.enumerated() {
      for tensor in node.inputs.compactMap({ $0 }) + node.outputs
      where !tensors.indices.contains(tensor) {
        throw .noSuchTensor(node: index, tensor: tensor)
      }
      for case let tensor? in node.inputs where !hasValue[tensor] {
        throw .readBeforeWritten(node: index, tensor: tensor, name: tensors[tensor].name)
      }
      for tensor in node.outputs {
        if hasValue[tensor] {
          throw .writtenTwice(node: index, tensor: tensor, name: tensors[tensor].name)
        }
        hasValue[tensor] = true
      }
      let signature = Signature(
        inputs: node.inputs.map { input in
          input.map { Operand(tensors[$0].type, constant: tensors[$0].constant) }
        },
        outputs: node.outputs.map { tensors[$0].type })
      do {
        try node.operation.check(signature)
      } catch {
        throw .rejected(node: index, operatorName: node.operation.builtin.name, error)
      }
      nodes.append(
        GraphNode(
          operation: node.operation, inputs: node.inputs, outputs: node.outputs,
          signature: signature))
    }
    for tensor in outputs where !hasValue[tensor] {
      throw .outputNotComputed(tensor: tensor, name: tensors[tensor].name)
    }
    self.tensors = tensors
    self.nodes = nodes
    self.inputs = inputs
    self.outputs = outputs
    self.modelHash = modelHash
  }

  /// The whole of a tensor, as a box.
  public func whole(_ tensor: Int) -> Region { Region(whole: tensors[tensor].type.shape) }

  /// The operator that makes each tensor; `nil` for inputs and constants.
  public var producers: [Int?] {
    var producers = [Int?](repeating: nil, count: tensors.count)
    for (index, node) in nodes.enumerated() {
      for tensor in node.outputs { producers[tensor] = index }
    }
    return producers
  }

  /// The operators that read each tensor, in order.
  public var consumers: [[Int]] {
    var consumers = [[Int]](repeating: [], count: tensors.count)
    for (index, node) in nodes.enumerated() {
      for tensor in Set(node.inputs.compactMap({ $0 })) { consumers[tensor].append(index) }
    }
    return consumers
  }

  /// Multiply-accumulates of one untiled run, padding included.
  public var macs: Int { nodes.indices.reduce(0) { $0 + macs(of: $1) } }

  /// Multiply-accumulates of one whole operator.
  public func macs(of index: Int) -> Int {
    let node = nodes[index]
    guard let output = node.outputs.first, let operand = node.inputs.first, let operand else {
      return 0
    }
    return node.operation.macs(
      node.accesses[0], over: whole(output), reduce: whole(operand))
  }
}

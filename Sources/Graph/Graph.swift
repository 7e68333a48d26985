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
  /// The tensors that are given: the model's inputs, then what each variable holds before the run.
  public let inputs: [Int]
  /// The tensors that are got: the model's outputs, then what each variable holds after the run.
  public let outputs: [Int]
  /// What the network keeps from one run to the next.
  public let variables: [Variable]
  /// The variable that each tensor is a version of, by tensor.
  public let variableOf: [Int?]
  /// The SHA-256 of the model file, in hexadecimal.
  public let modelHash: String

  /// The largest activation that is accepted, 256 MiB, and the most that all variables may take, so that
  /// no model makes us allocate without bound.
  public static let largestTensorInBytes = 1 << 28

  /// The number of tensors that is refused: the checker numbers them with 19 bits.
  public static let largestTensorCount = 1 << 19

  /// The most axes that a tensor of an operator may have: a tiling rule has an entry for each.
  public static let largestRank = 8

  /// The most multiply-accumulates of one untiled run that are accepted, so that no count overflows.
  public static let largestMACs = 1 << 60

  /// An operator before it is bound to its tensors.
  public typealias UnboundNode = (operation: any Operator, inputs: [Int?], outputs: [Int])

  /// Binds operators to tensors; `inputs` and `outputs` are the model's.
  ///
  /// - Throws: the first fault, in the order of the operators.
  public init(
    tensors: [GraphTensor], nodes unbound: [UnboundNode], inputs modelInputs: [Int],
    outputs modelOutputs: [Int], variables: [Variable] = [], modelHash: String
  ) throws(GraphError) {
    guard tensors.count < Self.largestTensorCount else { throw .tooManyTensors(tensors.count) }
    let inputs = modelInputs + variables.map(\.before)
    let outputs = modelOutputs + variables.map(\.after)
    for tensor in variables.flatMap(\.versions) where !tensors.indices.contains(tensor) {
      throw .noSuchTensor(node: nil, tensor: tensor)
    }
    var hasValue = tensors.map { $0.constant != nil }
    for tensor in inputs + outputs where !tensors.indices.contains(tensor) {
      throw .noSuchTensor(node: nil, tensor: tensor)
    }
    for tensor in inputs { hasValue[tensor] = true }
    for (index, tensor) in tensors.enumerated()
    where tensor.constant == nil && tensor.type.sizeInBytes > Self.largestTensorInBytes {
      throw .tooLarge(tensor: index, name: tensor.name, bytes: tensor.type.sizeInBytes)
    }
    // Fewer than 2^19 tensors of at most 2^28 bytes.
    let state = variables.reduce(0) { $0 + tensors[$1.before].type.sizeInBytes }
    guard state <= Self.largestTensorInBytes else { throw .tooMuchState(bytes: state) }
    for variable in variables {
      let tensor = tensors[variable.before]
      guard let initial = variable.initial, initial.count != tensor.type.sizeInBytes else {
        continue
      }
      throw .initialValue(
        tensor: variable.before, name: tensor.name, found: initial.count,
        expected: tensor.type.sizeInBytes)
    }
    var nodes: [GraphNode] = []
    var macs = 0
    for (index, node) in unbound.enumerated() {
      for tensor in node.inputs.compactMap({ $0 }) + node.outputs {
        guard tensors.indices.contains(tensor) else {
          throw .noSuchTensor(node: index, tensor: tensor)
        }
        let rank = tensors[tensor].type.shape.rank
        guard rank <= Self.largestRank else {
          throw .tooManyAxes(tensor: tensor, name: tensors[tensor].name, rank: rank)
        }
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
      macs += nodes[index].macs
      guard macs <= Self.largestMACs else {
        throw .tooManyMACs(node: index, operatorName: node.operation.builtin.name)
      }
    }
    for tensor in outputs where !hasValue[tensor] {
      throw .outputNotComputed(tensor: tensor, name: tensors[tensor].name)
    }
    self.tensors = tensors
    self.nodes = nodes
    self.inputs = inputs
    self.outputs = outputs
    self.variables = variables
    self.modelHash = modelHash
    var variableOf = [Int?](repeating: nil, count: tensors.count)
    for (index, variable) in variables.enumerated() {
      for tensor in variable.versions { variableOf[tensor] = index }
    }
    self.variableOf = variableOf
  }

  /// The whole of a tensor, as a box.
  public func whole(_ tensor: Int) -> Region { Region(whole: tensors[tensor].type.shape) }

  /// The tensors that the model takes from its caller.
  public var modelInputs: [Int] { inputs.dropLast(variables.count) }

  /// The tensors that the model gives its caller.
  public var modelOutputs: [Int] { outputs.dropLast(variables.count) }

  /// What each variable holds when it is reset.
  public var initialState: [Bytes] {
    variables.map { $0.initial ?? tensors[$0.before].type.resetValue }
  }

  /// Bytes of all variables.
  public var stateInBytes: Int {
    variables.reduce(0) { $0 + tensors[$1.before].type.sizeInBytes }
  }

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
  public func macs(of index: Int) -> Int { nodes[index].macs }
}

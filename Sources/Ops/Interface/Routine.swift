internal import Tensor

/// A network that an operator runs: a subgraph of a model.
///
/// Its operators keep no state.
public struct Routine: Sendable {
  /// A tensor of a routine.
  public struct Tensor: Hashable, Sendable {
    /// The name that the model gives it.
    public let name: String
    /// Its type, and its value where that is constant.
    public let operand: Operand

    /// Makes a tensor.
    public init(name: String, _ operand: Operand) {
      self.name = name
      self.operand = operand
    }
  }

  /// An operator of a routine, bound to its tensors.
  public struct Node: Sendable {
    /// What the operator means.
    public let operation: any Operator
    /// The tensors it reads; `nil` for an operand that is absent.
    public let inputs: [Int?]
    /// The tensors it makes.
    public let outputs: [Int]

    /// Binds an operator.
    public init(_ operation: any Operator, inputs: [Int?], outputs: [Int]) {
      self.operation = operation
      self.inputs = inputs
      self.outputs = outputs
    }
  }

  /// The name that the model gives it.
  public let name: String
  /// All tensors; operators refer to them by index.
  public let tensors: [Tensor]
  /// The operators, each after those whose results it reads.
  public let nodes: [Node]
  /// The tensors that are given.
  public let inputs: [Int]
  /// The tensors that are got.
  public let outputs: [Int]

  /// Makes a routine.
  ///
  /// - Precondition: indices exist, each tensor has one origin and is read after it, and every operator
  ///   accepts its operands.
  public init(
    name: String, tensors: [Tensor], nodes: [Node], inputs: [Int], outputs: [Int]
  ) {
    self.name = name
    self.tensors = tensors
    self.nodes = nodes
    self.inputs = inputs
    self.outputs = outputs
  }

  /// The types and constants of an operator's operands, and the types of its results.
  public func signature(of node: Node) -> Signature {
    Signature(
      inputs: node.inputs.map { input in input.map { tensors[$0].operand } },
      outputs: node.outputs.map { tensors[$0].operand.type })
  }

  /// How many operators there are, those of routines that they run included.
  public var operatorCount: Int {
    nodes.reduce(0) { $0 + 1 + $1.operation.routines.reduce(0) { $0 + $1.operatorCount } }
  }
}

extension Routine: Hashable {
  /// Routines are equal if they have the same parts.
  public static func == (left: Routine, right: Routine) -> Bool {
    left.name == right.name && left.tensors == right.tensors && left.inputs == right.inputs
      && left.outputs == right.outputs && left.nodes == right.nodes
  }

  /// Hashes the parts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(tensors)
    hasher.combine(nodes)
    hasher.combine(inputs)
    hasher.combine(outputs)
  }
}

extension Routine.Node: Hashable {
  /// Operators are equal if they are one of the schema's, with the same attributes and tensors.
  public static func == (left: Routine.Node, right: Routine.Node) -> Bool {
    left.operation.builtin == right.operation.builtin && left.inputs == right.inputs
      && left.outputs == right.outputs && left.operation.options == right.operation.options
  }

  /// Hashes what makes operators equal.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(operation.builtin)
    hasher.combine(inputs)
    hasher.combine(outputs)
    hasher.combine(operation.options)
  }
}

extension Operator {
  /// The routines that the operator runs, by their slots among the attributes.
  public var routines: [Routine] {
    options.values.sorted { $0.key < $1.key }.compactMap { entry in
      if case .routine(let routine) = entry.value { routine } else { nil }
    }
  }
}

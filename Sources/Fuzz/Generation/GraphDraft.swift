internal import Graph
internal import Ops
internal import Tensor

/// A network while it is drawn: operators whose results may still be read.
struct GraphDraft {
  private let options: GenerationOptions
  private(set) var tensors: [GraphTensor] = []
  /// The tensors that an operator may read: network inputs and results.
  private(set) var readable: [Int] = []
  /// Whether an operator reads each tensor.
  private var isRead: [Bool] = []
  /// The results of the operator that came last, or the inputs before there is one.
  private(set) var latest: [Int] = []
  private var nodes: [Graph.UnboundNode] = []
  private var inputs: [Int] = []
  private var variables: [Variable] = []

  /// Starts an empty network.
  init(options: GenerationOptions) { self.options = options }

  /// How many operators there are.
  var operatorCount: Int { nodes.count }

  /// Whether an operator reads each network input.
  var readsAllInputs: Bool { inputs.allSatisfy { isRead[$0] } }

  /// Adds a network input that may be read.
  @discardableResult mutating func addInput(_ type: TensorType) -> Int {
    let tensor = add(GraphTensor(name: "input\(inputs.count)", type: type))
    inputs.append(tensor)
    readable.append(tensor)
    latest = [tensor]
    return tensor
  }

  /// Whether an operator may be added as it is: it accepts its operands, and no tensor is too large.
  func accepts(_ example: Example) -> Bool {
    let signature = example.signature
    let types = signature.inputs.compactMap { $0?.type } + signature.outputs
    let isSmall = types.allSatisfy { type in
      type.hasSoundSteps && type.shape.rank <= 5 && type.shape.count > 0
    }
    return isSmall && signature.outputs.allSatisfy { $0.shape.count <= options.largestTensor }
      && options.operators.contains(example.operation.builtin.name)
      && (try? example.operation.check(signature)) != nil
  }

  /// Adds an operator that reads `reads` (by operand); what remains are constants, a state of its own or
  /// one that is there, and new inputs.
  ///
  /// - Precondition: it was accepted, and the tensors read have the operands' types.
  mutating func append(
    _ example: Example, reads: [Int: Int], using generator: inout SplitMix64
  ) {
    let family = type(of: example.operation)
    let name = "\(example.operation.builtin.name.lowercased())\(nodes.count)"
    var changed: [Int] = []
    let operands = example.signature.inputs.enumerated().map { index, operand -> Int? in
      guard let operand else { return nil }
      if let tensor = reads[index] { return tensor }
      if family.stateOperands.contains(index) {
        changed.append(
          variable(
            of: operand.type, except: changed, hasHandle: family.stateHasHandle, using: &generator))
        return variables[changed[changed.count - 1]].after
      }
      guard let constant = operand.constant else { return addInput(operand.type) }
      return add(
        GraphTensor(name: "\(name).operand\(index)", type: operand.type, constant: constant))
    }
    for operand in operands.compactMap({ $0 }) { isRead[operand] = true }
    let results = example.signature.outputs.enumerated().map { index, type in
      add(GraphTensor(name: index == 0 ? name : "\(name).result\(index)", type: type))
    }
    nodes.append((operation: example.operation, inputs: operands, outputs: results))
    latest = family.stateIsResult ? results : Array(results.dropLast(changed.count))
    readable += latest
    for (variable, version) in zip(changed, results.suffix(changed.count)) {
      variables[variable] = Variable(
        versions: variables[variable].versions + [version],
        initial: variables[variable].initial)
    }
  }

  /// Adds an operator that is there once more, with the same constants, reading tensors of the same types.
  ///
  /// - Returns: whether there is one.
  mutating func repeatOperator(using generator: inout SplitMix64) -> Bool {
    guard let node = nodes.randomElement(using: &generator) else { return false }
    let signature = Signature(
      inputs: node.inputs.map { input in
        input.map { Operand(tensors[$0].type, constant: tensors[$0].constant) }
      }, outputs: node.outputs.map { tensors[$0].type })
    let states = type(of: node.operation).stateOperands
    var reads: [Int: Int] = [:]
    for (index, input) in node.inputs.enumerated() where !states.contains(index) {
      guard let input else { continue }
      let fitting = readable.filter { tensors[$0].type == tensors[input].type }
      reads[index] =
        tensors[input].constant == nil ? fitting.randomElement(using: &generator) : input
    }
    append(Example(node.operation, signature), reads: reads, using: &generator)
    return true
  }

  /// The network: what nothing reads is an output, and at times what something does.
  func graph(hash: String, using generator: inout SplitMix64) -> Graph {
    let results = readable.filter { !inputs.contains($0) }
    let outputs = results.filter { tensor in
      !isRead[tensor] || Int.random(in: 0..<12, using: &generator) == 0
    }
    do {
      return try Graph(
        tensors: tensors, nodes: nodes, inputs: inputs, outputs: outputs, variables: variables,
        modelHash: hash)
    } catch {
      preconditionFailure("every operator was accepted: \(error)")
    }
  }

  private mutating func add(_ tensor: GraphTensor) -> Int {
    tensors.append(tensor)
    isRead.append(false)
    return tensors.count - 1
  }

  /// A variable: mostly a new one, which need not be what another operator left; one with a handle starts with
  /// a value.
  private mutating func variable(
    of type: TensorType, except taken: [Int], hasHandle: Bool, using generator: inout SplitMix64
  ) -> Int {
    let fitting = variables.indices.filter { index in
      tensors[variables[index].before].type == type && !taken.contains(index)
        && (variables[index].initial != nil) == hasHandle
        // What others may read is not changed.
        && !readable.contains(variables[index].after)
    }
    if let shared = fitting.randomElement(using: &generator), Bool.random(using: &generator) {
      return shared
    }
    let initial = hasHandle ? Operand.randomConstant(type, using: &generator).constant : nil
    variables.append(
      Variable(
        versions: [add(GraphTensor(name: "state\(variables.count)", type: type))],
        initial: initial))
    return variables.count - 1
  }
}

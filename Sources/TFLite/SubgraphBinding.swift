internal import Graph
internal import Ops
internal import Tensor

/// The operators of one subgraph, bound to tensors: those of the file, and those that variables become.
struct SubgraphBinding {
  private let model: Model
  private let subgraph: Subgraph
  private let routines: RoutineReader
  private var versions: VariableVersions
  private var resources: ResourceVariables
  private var nodes: [Graph.UnboundNode] = []
  /// Everything that is refused, operators first.
  private(set) var refusals: [ModelRefusal] = []

  /// Binds the subgraph of that index, which exists.
  ///
  /// Operators are asked one by one, so that all refusals are found at once; one whose tensors are
  /// refused is not asked.
  init(_ index: Int, _ routines: RoutineReader) {
    self.routines = routines
    model = routines.model
    subgraph = model.subgraphs[index]
    versions = VariableVersions(subgraph.tensors.enumerated().map(Self.tensor))
    resources = ResourceVariables(model, subgraph)
    bind()
  }

  /// The graph of the subgraph.
  ///
  /// - Throws: everything that is refused at once; else the first fault of the network.
  func graph(modelHash: String) throws(ImportError) -> Graph {
    guard refusals.isEmpty else { throw .refused(refusals) }
    do {
      return try Graph(
        tensors: versions.tensors, nodes: nodes, inputs: subgraph.inputs,
        outputs: subgraph.outputs.map(versions.current), variables: versions.variables,
        modelHash: modelHash)
    } catch {
      throw .graph(error)
    }
  }

  private mutating func bind() {
    var (used, kept): (Set<Int>, Set<Int>) = ([], [])
    for (index, stated) in subgraph.operators.enumerated() {
      let record = withStateOperands(stated)
      do throws(ModelRefusal) {
        if resources.declares(record) {
          try resources.declare(record, at: index, &versions)
          continue
        }
        let handles = handles(of: record)
        let tensors = (record.inputs + record.outputs).filter { !handles.contains($0) }
        used.formUnion(tensors)
        kept.formUnion(stateTensors(of: record))
        let operation = try operation(index, record)
        let node = try bind(operation, index, record)
        nodes.append(node)
        let isReadable = tensors.allSatisfy {
          $0 < 0 || Self.refusals(of: $0, subgraph.tensors[$0], isKept: true).isEmpty
        }
        if isReadable { try Self.check(node, index, versions.tensors) }
      } catch {
        refusals.append(error)
      }
    }
    used.formUnion(subgraph.inputs + subgraph.outputs)
    for index in used.sorted() where index >= 0 {
      refusals += Self.refusals(
        of: index, subgraph.tensors[index],
        isKept: kept.contains(index) && !subgraph.inputs.contains(index))
    }
  }

  /// The handles of variables that an operator may read.
  private func handles(of record: OperatorRecord) -> Set<Int> {
    guard let family = family(of: record), family.stateHasHandle else { return [] }
    return Set(
      family.stateOperands.compactMap { record.inputs.at($0) }
        .filter { resources.handle($0) != nil })
  }

  /// The tensors in which an operator keeps its state.
  private func stateTensors(of record: OperatorRecord) -> [Int] {
    (family(of: record)?.stateOperands ?? []).compactMap { record.inputs.at($0) }
  }

  /// An operator with its state among its operands, where the file has it among the results.
  private func withStateOperands(_ record: OperatorRecord) -> OperatorRecord {
    guard let family = family(of: record), family.stateIsResult else { return record }
    let count = family.stateOperands.count
    return OperatorRecord(
      opcodeIndex: record.opcodeIndex, inputs: record.inputs + record.outputs.suffix(count),
      outputs: record.outputs.dropLast(count), intermediates: record.intermediates,
      options: record.options, optionsType: record.optionsType, customOptions: record.customOptions)
  }

  private func family(of record: OperatorRecord) -> (any Operator.Type)? {
    let code = model.operatorCodes[record.opcodeIndex]
    return Catalog.operation(code: code.builtinCode, customName: code.customCode)?.family
  }

  /// Binds an operator to the tensors that stand for what it reads and makes; results whose shape the file
  /// leaves open get that which the operator says.
  private mutating func bind(
    _ operation: any Operator, _ index: Int, _ record: OperatorRecord
  ) throws(ModelRefusal) -> Graph.UnboundNode {
    let operands = record.inputs.map { resources.handle($0) ?? $0 }
    let inputs = operands.map { $0 < 0 ? nil : versions.current($0) }
    var outputs = record.outputs
    var kept: Set<Int> = []
    for operand in type(of: operation).stateOperands {
      guard let tensor = operands.at(operand), tensor >= 0 else { continue }
      let state = subgraph.tensors[tensor]
      let isVariable =
        type(of: operation).stateHasHandle
        ? resources.handle(tensor) != nil : state.isVariable && state.constant == nil
      guard isVariable, kept.insert(tensor).inserted else {
        throw .noVariable(node: index, name: operation.builtin.name, operand: operand)
      }
      outputs.append(versions.change(tensor))
    }
    for (tensor, shape) in zip(record.outputs, operation.resultShapes)
    where subgraph.tensors[tensor].leavesShapeOpen {
      versions.setShape(of: tensor, to: shape)
    }
    return (operation: operation, inputs: inputs, outputs: outputs)
  }

  private func operation(
    _ index: Int, _ record: OperatorRecord
  ) throws(ModelRefusal) -> any Operator {
    let code = model.operatorCodes[record.opcodeIndex]
    guard
      let (family, builtin) = Catalog.operation(
        code: code.builtinCode, customName: code.customCode)
    else { throw .operation(node: index, name: code.name) }
    let custom = builtin.isCustom && record.customOptions?.count != 0 ? record.customOptions : nil
    guard custom != nil || record.options == nil || record.optionsType == builtin.options else {
      throw .otherOptions(
        node: index, name: builtin.name, expected: builtin.options, found: record.optionsType)
    }
    do throws(OptionError) {
      if let custom {
        return try family.init(
          builtin, options: FlexMap(custom, attributes: builtin.attributes))
      }
      guard let options = record.options else {
        return try family.init(builtin, options: OptionValues())
      }
      return try family.init(builtin, options: SubgraphOptions(table: options, routines: routines))
    } catch {
      throw .options(node: index, name: builtin.name, error)
    }
  }

  /// Asks an operator whether it takes its operands and results.
  private static func check(
    _ node: Graph.UnboundNode, _ index: Int, _ tensors: [GraphTensor]
  ) throws(ModelRefusal) {
    let signature = Signature(
      inputs: node.inputs.map { input in
        input.map { Operand(tensors[$0].type, constant: tensors[$0].constant) }
      },
      outputs: node.outputs.map { tensors[$0].type })
    do throws(OperatorError) {
      try node.operation.check(signature)
    } catch {
      throw .rejected(node: index, name: node.operation.builtin.name, error)
    }
  }

  /// What is refused of a tensor whatever reads it; `isKept` says whether it may be a variable.
  private static func refusals(
    of index: Int, _ tensor: TensorRecord, isKept: Bool
  ) -> [ModelRefusal] {
    var refusals: [ModelRefusal] = []
    // Elements that are packed in pairs are constants: no operator computes any.
    if tensor.element == nil || tensor.element == .int4 && tensor.constant == nil {
      refusals.append(.element(tensor: index, name: tensor.name, element: tensor.elementName))
    }
    if tensor.encoding != .plain {
      refusals.append(.encoding(tensor: index, name: tensor.name, tensor.encoding))
    }
    if tensor.isVariable && !isKept {
      refusals.append(.variable(tensor: index, name: tensor.name))
    }
    if tensor.shape.count > Graph.largestRank {
      refusals.append(.axes(tensor: index, name: tensor.name, rank: tensor.shape.count))
    }
    return refusals
  }

  /// A tensor that nothing uses may be of any type; it stands in the graph without elements.
  ///
  /// One without a name is called after its index.
  private static func tensor(_ index: Int, _ record: TensorRecord) -> GraphTensor {
    let type = tensorType(of: record) ?? TensorType(.int8, Shape(0))
    let name = record.name.isEmpty ? "t\(index)" : record.name
    return GraphTensor(name: name, type: type, constant: record.constant)
  }

  /// The type of a tensor of the file; `nil` for elements that are not mapped.
  static func tensorType(of record: TensorRecord) -> TensorType? {
    guard let element = record.element, let shape = Shape(checking: record.shape) else {
      return nil
    }
    return TensorType(element, shape, record.quantization)
  }
}

extension [Int] {
  /// The element at an index, where there is one.
  fileprivate func at(_ index: Int) -> Int? { indices.contains(index) ? self[index] : nil }
}

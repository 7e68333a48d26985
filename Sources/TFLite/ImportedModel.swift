internal import Files
public import Graph
internal import Ops
public import Tensor

/// A model file, read: what stands in it, and the graph it means.
public struct ImportedModel: Sendable {
  /// The records of the file.
  public let model: Model
  /// The SHA-256 of the file, in hexadecimal.
  public let hash: String

  /// Reads a model file.
  ///
  /// - Throws: `ImportError.malformed` alone.
  public init(parsing bytes: Bytes) throws(ImportError) {
    do {
      model = try Model(parsing: bytes)
    } catch {
      throw .malformed(error)
    }
    hash = ContentHash.sha256(of: bytes)
  }

  /// Everything in the model's first subgraph that is not supported, operators first.
  public var unsupportedFeatures: [UnsupportedFeature] {
    let subgraph = model.subgraphs[0]
    var features: [UnsupportedFeature] = []
    var used: Set<Int> = []
    var kept: Set<Int> = []
    for (index, record) in subgraph.operators.enumerated() {
      let code = model.operatorCodes[record.opcodeIndex]
      if let (family, _) = Catalog.operation(
        code: code.builtinCode, customName: code.customCode)
      {
        kept.formUnion(family.stateOperands.compactMap { record.inputs.at($0) })
      } else {
        features.append(.operation(node: index, name: code.name))
      }
      used.formUnion(record.inputs + record.outputs)
    }
    used.formUnion(subgraph.inputs + subgraph.outputs)
    for index in used.sorted() where index >= 0 {
      let tensor = subgraph.tensors[index]
      if tensor.element == nil {
        features.append(
          .element(tensor: index, name: tensor.name, element: tensor.elementName))
      }
      if tensor.encoding != .plain {
        features.append(.encoding(tensor: index, name: tensor.name))
      }
      if tensor.isVariable && !kept.contains(index) {
        features.append(.variable(tensor: index, name: tensor.name))
      }
    }
    return features
  }

  /// The graph of the model's first subgraph.
  ///
  /// - Throws: everything that is not supported at once; else the first fault.
  public func graph() throws(ImportError) -> Graph {
    let unsupported = unsupportedFeatures
    guard unsupported.isEmpty else { throw .unsupported(unsupported) }
    let subgraph = model.subgraphs[0]
    var nodes: [Graph.UnboundNode] = []
    var versions = VariableVersions(subgraph.tensors.map(Self.tensor))
    for (index, record) in subgraph.operators.enumerated() {
      let operation = try operation(index, record)
      let inputs = record.inputs.map { $0 < 0 ? nil : versions.current($0) }
      var outputs = record.outputs
      for operand in type(of: operation).stateOperands {
        guard let tensor = record.inputs.at(operand), tensor >= 0 else { continue }
        guard subgraph.tensors[tensor].isVariable else {
          throw .noVariable(node: index, operatorName: operation.builtin.name, operand: operand)
        }
        outputs.append(versions.change(tensor))
      }
      nodes.append((operation: operation, inputs: inputs, outputs: outputs))
    }
    do {
      return try Graph(
        tensors: shaped(versions.tensors, by: nodes), nodes: nodes, inputs: subgraph.inputs,
        outputs: subgraph.outputs, variables: versions.variables, modelHash: hash)
    } catch {
      throw .graph(error)
    }
  }

  /// The tensors, each whose shape the file leaves open shaped as the operator says that makes it.
  private func shaped(
    _ tensors: [GraphTensor], by nodes: [Graph.UnboundNode]
  ) -> [GraphTensor] {
    let records = model.subgraphs[0].tensors
    var tensors = tensors
    for node in nodes {
      for (index, shape) in zip(node.outputs, node.operation.resultShapes)
      where records[index].leavesShapeOpen {
        var type = tensors[index].type
        type.shape = shape
        tensors[index] = GraphTensor(name: tensors[index].name, type: type)
      }
    }
    return tensors
  }

  private func operation(
    _ index: Int, _ record: OperatorRecord
  ) throws(ImportError) -> any Operator {
    let code = model.operatorCodes[record.opcodeIndex]
    guard
      let (family, builtin) = Catalog.operation(
        code: code.builtinCode, customName: code.customCode)
    else { throw .unsupported([.operation(node: index, name: code.name)]) }
    do {
      if builtin.isCustom, let options = record.customOptions {
        return try family.init(
          builtin, options: FlexMap(options, attributes: builtin.attributes))
      }
      guard let options = record.options else {
        return try family.init(builtin, options: OptionValues())
      }
      guard record.optionsType == builtin.options else {
        throw ImportError.otherOptions(
          node: index, operatorName: builtin.name, expected: builtin.options,
          found: record.optionsType)
      }
      return try family.init(builtin, options: options)
    } catch let error as OptionError {
      throw .badOptions(node: index, operatorName: builtin.name, error)
    } catch let error as ImportError {
      throw error
    } catch {
      preconditionFailure("operators throw OptionError alone")
    }
  }

  /// A tensor that nothing uses may be of any type; it stands in the graph without elements.
  private static func tensor(_ record: TensorRecord) -> GraphTensor {
    let unused = TensorType(.int8, Shape(0))
    let type =
      if let element = record.element, let shape = Shape(checking: record.shape) {
        TensorType(element, shape, record.quantization)
      } else {
        unused
      }
    return GraphTensor(name: record.name, type: type, constant: record.constant)
  }
}

extension [Int] {
  /// The element at an index, where there is one.
  fileprivate func at(_ index: Int) -> Int? { indices.contains(index) ? self[index] : nil }
}

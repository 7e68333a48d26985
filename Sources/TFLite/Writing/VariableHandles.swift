internal import Graph
internal import Ops
internal import Tensor

/// Which variables of a graph a model names by handles, and what they hold first.
struct VariableHandles {
  /// The first versions of such variables, by variable; `nil` for others.
  private let handles: [Int?]
  private let graph: Graph

  /// Finds the variables whose operators know them by handles.
  ///
  /// - Throws: the first variable that others use as well, or that starts with a value and has no handle.
  init(_ graph: Graph) throws(ModelWritingError) {
    self.graph = graph
    var hasHandle = [Bool?](repeating: nil, count: graph.variables.count)
    var readOtherwise: Set<Int> = Set(graph.modelOutputs.compactMap { graph.variableOf[$0] })
    for node in graph.nodes {
      let family = type(of: node.operation)
      for (operand, tensor) in node.inputs.enumerated() {
        guard let variable = tensor.flatMap({ graph.variableOf[$0] }) else { continue }
        if family.stateOperands.contains(operand), hasHandle[variable] != !family.stateHasHandle {
          hasHandle[variable] = family.stateHasHandle
        } else {
          readOtherwise.insert(variable)
        }
      }
    }
    for (index, variable) in graph.variables.enumerated() {
      let isNamed = hasHandle[index] ?? false
      guard isNamed ? !readOtherwise.contains(index) : variable.initial == nil else {
        throw .handle(tensor: variable.before, name: graph.tensors[variable.before].name)
      }
    }
    handles = graph.variables.indices.map {
      hasHandle[$0] ?? false ? graph.variables[$0].before : nil
    }
  }

  /// Whether a tensor is a handle.
  func contains(_ tensor: Int) -> Bool {
    graph.variableOf[tensor].map { handles[$0] == tensor } ?? false
  }

  /// The tensor of a handle.
  static func tensor(_ name: String) -> FlatValue {
    .fields([
      Schema.Tensor.shape: .numbers([Int32]()),
      Schema.Tensor.type: .number(ElementCode.resource), Schema.Tensor.name: .string(name),
    ])
  }

  /// The operators that declare the variables, first what lets them hold their values.
  func operators(
    _ tensors: FileTensors, _ codes: inout OperatorCodes, _ routines: inout RoutineList
  ) -> [FlatValue] {
    var operators: [FlatValue] = []
    let values = graph.variables.compactMap { variable in
      variable.initial.map {
        (name: sharedName(variable.before), type: graph.tensors[variable.before].type, value: $0)
      }
    }
    for case let handle? in handles {
      operators.append(Self.handle(tensors.index[handle], sharedName(handle), &codes))
    }
    if !values.isEmpty {
      let index = routines.add(values: values)
      operators.append(
        Self.operation(
          ResourceVariables.callOnce, [], [], .fields([Field(0, "option"): .number(Int32(index))]),
          &codes))
    }
    return operators
  }

  /// The subgraph that lets variables hold values.
  static func subgraph(
    _ values: [RoutineList.Value], _ buffers: inout ConstantBuffers, _ codes: inout OperatorCodes
  ) -> FlatValue {
    var tensors: [FlatValue] = []
    var operators: [FlatValue] = []
    for (name, type, value) in values {
      let handle = tensors.count
      tensors.append(tensor(name))
      tensors.append(
        ModelWriter.table(
          GraphTensor(name: "\(name) at first", type: type), buffer: buffers.index(of: value),
          isVariable: false))
      operators.append(self.handle(handle, name, &codes))
      operators.append(
        operation(
          ResourceVariables.assignVariable, [handle, handle + 1], [], .fields([:]), &codes))
    }
    return .fields([
      Schema.Subgraph.tensors: .pieces(tensors), Schema.Subgraph.inputs: .numbers([Int32]()),
      Schema.Subgraph.outputs: .numbers([Int32]()),
      Schema.Subgraph.operators: .pieces(operators),
      Schema.Subgraph.name: .string("initial values"),
    ])
  }

  /// A name that no other variable has.
  private func sharedName(_ tensor: Int) -> String { "\(graph.tensors[tensor].name) \(tensor)" }

  private static func handle(
    _ tensor: Int, _ name: String, _ codes: inout OperatorCodes
  ) -> FlatValue {
    operation(
      ResourceVariables.varHandle, [], [tensor],
      .fields([Field(0, "option"): .string(""), Field(1, "option"): .string(name)]), &codes)
  }

  private static func operation(
    _ builtin: Builtin, _ inputs: [Int], _ outputs: [Int], _ options: FlatValue,
    _ codes: inout OperatorCodes
  ) -> FlatValue {
    .fields([
      Schema.Operator.opcodeIndex: .number(UInt32(codes.index(of: builtin, version: 1))),
      Schema.Operator.inputs: .numbers(inputs.map { Int32($0) }),
      Schema.Operator.outputs: .numbers(outputs.map { Int32($0) }),
      Schema.Operator.optionsType: .number(UInt8(builtin.options)),
      Schema.Operator.options: options,
    ])
  }
}

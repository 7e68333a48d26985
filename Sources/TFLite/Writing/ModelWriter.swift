public import Graph
internal import Ops
internal import Tensor

/// Writes a graph as the bytes of a `.tflite` file.
///
/// What is written, `ImportedModel` reads as the same graph, if tensors that are what variables hold later
/// stand behind all others, and variables in the order in which operators change them, as it makes them
/// itself; of other graphs it renumbers these. Of what an operator keeps inside, a file has tensors without
/// elements; where the graph has none they are added. TensorFlow Lite and TensorFlow Lite Micro load the file.
public enum ModelWriter {
  /// The file that means `graph`; `description` says who made it.
  ///
  /// Constants lie at multiples of 16 bytes, equal ones at one place. A constant whose bytes are not those
  /// of its type, of a tensor that no operator uses, is left out: a reader keeps such, of types that it
  /// does not know.
  ///
  /// - Complexity: linear in the graph and in the bytes of its constants.
  public static func bytes(
    of graph: Graph, description: String = "Written by Tilewright."
  ) throws(ModelWritingError) -> [UInt8] {
    var buffers = ConstantBuffers()
    var codes = OperatorCodes()
    var routines = RoutineList()
    var subgraphs = [try subgraph(of: graph, name: "main", &buffers, &codes, &routines)]
    while let part = routines.part(subgraphs.count) {
      switch part {
      case .routine(let routine):
        subgraphs.append(
          try subgraph(
            of: Graph(routine), name: routine.name, &buffers, &codes, &routines))
      case .values(let values):
        subgraphs.append(VariableHandles.subgraph(values, &buffers, &codes))
      }
    }
    guard buffers.byteCount <= Int32.max else { throw .tooLarge(byteCount: buffers.byteCount) }
    let model = FlatValue.fields([
      Schema.Model.version: .number(UInt32(Schema.version)),
      Schema.Model.operatorCodes: codes.tables,
      Schema.Model.subgraphs: .pieces(subgraphs),
      Schema.Model.description: .string(description),
      Schema.Model.buffers: buffers.tables,
    ])
    let bytes = FlatWriter.bytes(
      of: model, identifier: Schema.identifier,
      capacity: buffers.byteCount + 256 * (graph.tensors.count + graph.nodes.count))
    guard bytes.count <= Int32.max else { throw .tooLarge(byteCount: bytes.count) }
    return bytes
  }

  private static func subgraph(
    of graph: Graph, name: String, _ buffers: inout ConstantBuffers, _ codes: inout OperatorCodes,
    _ routines: inout RoutineList
  ) throws(ModelWritingError) -> FlatValue {
    let states = try StateResults(graph)
    let handles = try VariableHandles(graph)
    let index = FileTensors(graph)
    let tensors =
      try tensors(of: graph, index.kept, handles, &buffers)
      + index.descriptions.map { table($0, isVariable: false) }
    var operators = handles.operators(index, &codes, &routines)
    for (place, node) in graph.nodes.enumerated() {
      operators.append(
        operation(
          node, stateCount: states.counts[place], index, inside: index.intermediates[place], &codes,
          &routines))
    }
    return .fields([
      Schema.Subgraph.tensors: .pieces(tensors),
      Schema.Subgraph.inputs: .numbers(graph.modelInputs.map { Int32(index.index[$0]) }),
      Schema.Subgraph.outputs: .numbers(graph.modelOutputs.map { Int32(index.index[$0]) }),
      Schema.Subgraph.operators: .pieces(operators),
      Schema.Subgraph.name: .string(name),
    ])
  }

  private static func tensors(
    of graph: Graph, _ kept: [Int], _ handles: VariableHandles, _ buffers: inout ConstantBuffers
  ) throws(ModelWritingError) -> [FlatValue] {
    let used = graph.usedTensors
    var tables: [FlatValue] = []
    tables.reserveCapacity(kept.count)
    for index in kept {
      let tensor = graph.tensors[index]
      if handles.contains(index) {
        tables.append(VariableHandles.tensor(tensor.name))
        continue
      }
      var buffer = 0
      if let constant = tensor.constant {
        if constant.count == tensor.type.sizeInBytes {
          buffer = buffers.index(
            of: tensor.type.element == .int4 ? constant.packedInt4 : constant)
        } else if used.contains(index) {
          throw .constantSize(
            tensor: index, name: tensor.name, found: constant.count,
            expected: tensor.type.sizeInBytes)
        }
      }
      if let extent = tensor.type.shape.extents.first(where: { $0 > Int32.max }) {
        throw .extent(tensor: index, name: tensor.name, found: extent)
      }
      tables.append(table(tensor, buffer: buffer, isVariable: graph.variableOf[index] != nil))
    }
    return tables
  }

  /// A tensor whose extents fit the file.
  static func table(
    _ tensor: GraphTensor, buffer: Int = 0, isVariable: Bool
  ) -> FlatValue {
    .fields([
      Schema.Tensor.shape: .numbers(tensor.type.shape.extents.map { Int32(clamping: $0) }),
      Schema.Tensor.type: .number(ElementCode.code(of: tensor.type.element)),
      Schema.Tensor.buffer: .number(UInt32(buffer)),
      Schema.Tensor.name: .string(tensor.name),
      Schema.Tensor.quantization: tensor.type.quantization.map(quantization),
      Schema.Tensor.isVariable: isVariable ? .number(UInt8(1)) : nil,
    ])
  }

  private static func quantization(_ quantization: Quantization) -> FlatValue {
    .fields([
      Schema.Quantization.scale: .floats(quantization.scales),
      Schema.Quantization.zeroPoint: .numbers(quantization.zeroPoints.map { Int64($0) }),
      Schema.Quantization.quantizedDimension: .number(Int32(quantization.axis)),
    ])
  }

  /// An operator; of what it keeps the file has either the operands or the last `stateCount`
  /// results.
  ///
  /// The file's tensors `inside` describe what it keeps while it runs.
  private static func operation(
    _ node: GraphNode, stateCount: Int, _ tensors: FileTensors, inside: [Int],
    _ codes: inout OperatorCodes, _ routines: inout RoutineList
  ) -> FlatValue {
    let (operation, builtin) = (node.operation, node.operation.builtin)
    let options = operation.statedOptions(node.signature)
    func indices(_ operands: [Int?]) -> FlatValue {
      .numbers(operands.map { $0.map { Int32(tensors.index[$0]) } ?? -1 })
    }
    let code = codes.index(of: builtin, version: operation.version(node.signature))
    let hasTable = builtin.options != 0
    let stateIsResult = type(of: operation).stateIsResult
    return .fields([
      Schema.Operator.opcodeIndex: .number(UInt32(code)),
      Schema.Operator.inputs: indices(
        node.inputs.dropLast(stateIsResult ? stateCount : 0)),
      Schema.Operator.outputs: indices(node.outputs.dropLast(stateIsResult ? 0 : stateCount)),
      Schema.Operator.optionsType: hasTable ? .number(UInt8(builtin.options)) : nil,
      Schema.Operator.options: hasTable ? FlatValue(options, &routines) : nil,
      Schema.Operator.customOptions: builtin.isCustom
        ? .data(Bytes(copying: FlexWriter.bytes(of: options, attributes: builtin.attributes)))
        : nil,
      Schema.Operator.intermediates: inside.isEmpty ? nil : .numbers(inside.map { Int32($0) }),
    ])
  }
}

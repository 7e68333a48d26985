internal import Graph
internal import Ops
internal import Tensor

/// The subgraphs that a model to be written has behind the first one.
struct RoutineList {
  /// What a variable holds first, and the name that its handles have.
  typealias Value = (name: String, type: TensorType, value: Bytes)

  /// What a subgraph is for.
  enum Part {
    /// An operator runs it.
    case routine(Routine)
    /// It lets variables hold what they hold first.
    case values([Value])
  }

  private var parts: [Part] = []

  /// Adds a routine, and says the index of its subgraph.
  ///
  /// Each has one of its own: LiteRT takes no condition that is also the body.
  mutating func add(_ routine: Routine) -> Int {
    parts.append(.routine(routine))
    return parts.count
  }

  /// Adds the values of variables, and says the index of their subgraph.
  mutating func add(values: [Value]) -> Int {
    parts.append(.values(values))
    return parts.count
  }

  /// What subgraph `index` is, if there are as many.
  func part(_ index: Int) -> Part? { parts.indices.contains(index - 1) ? parts[index - 1] : nil }
}

extension Graph {
  /// The graph that means a routine.
  init(_ routine: Routine) throws(ModelWritingError) {
    do throws(GraphError) {
      try self.init(
        tensors: routine.tensors.map {
          GraphTensor(name: $0.name, type: $0.operand.type, constant: $0.operand.constant)
        },
        nodes: routine.nodes.map {
          (operation: $0.operation, inputs: $0.inputs, outputs: $0.outputs)
        },
        inputs: routine.inputs, outputs: routine.outputs, modelHash: "")
    } catch {
      throw .routine(name: routine.name, error)
    }
  }
}

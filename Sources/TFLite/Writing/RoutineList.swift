internal import Graph
internal import Ops

/// The subgraphs that a model to be written has behind the first one.
struct RoutineList {
  private var routines: [Routine] = []

  /// Adds a routine, and says the index of its subgraph.
  ///
  /// Each has one of its own: LiteRT takes no condition that is also the body.
  mutating func add(_ routine: Routine) -> Int {
    routines.append(routine)
    return routines.count
  }

  /// The routine of subgraph `index`, if there are as many.
  func routine(_ index: Int) -> Routine? {
    routines.indices.contains(index - 1) ? routines[index - 1] : nil
  }
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

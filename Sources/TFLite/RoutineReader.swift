internal import Graph
internal import Ops

/// Reads subgraphs as routines, each once.
///
/// A file may name one subgraph many times, so that it can describe exponentially much: what operators run
/// is counted each time.
final class RoutineReader {
  /// The most subgraphs that run inside each other, the first one included.
  private static let largestDepth = 16
  /// The most operators that all routines together may have.
  private static let largestOperatorCount = 1 << 14

  let model: Model
  /// The subgraphs that are being read, each inside the one before.
  private var path = [0]
  private var known: [Int: Result<(routine: Routine, depth: Int), OptionError>] = [:]
  private var operatorCount = 0

  init(_ model: Model) { self.model = model }

  /// The routine that a subgraph is; an option in `slot` names it.
  func routine(_ index: Int, slot: Int) throws(OptionError) -> Routine {
    guard model.subgraphs.indices.contains(index) else {
      throw OptionError(
        slot: slot,
        expected: "a subgraph, of which there are \(model.subgraphs.count), not \(index)")
    }
    guard !path.contains(index) else {
      throw OptionError(slot: slot, expected: "a subgraph that does not run itself, not \(index)")
    }
    let found = try (known[index] ?? read(index, slot: slot)).get()
    guard path.count + found.depth <= Self.largestDepth else {
      throw OptionError(
        .unsupported, slot: slot,
        expected: "at most \(Self.largestDepth) subgraphs inside each other")
    }
    operatorCount += 1 + found.routine.operatorCount
    guard operatorCount <= Self.largestOperatorCount else {
      throw OptionError(
        .unsupported, slot: slot,
        expected: "at most \(Self.largestOperatorCount) operators in all subgraphs that run")
    }
    return found.routine
  }

  private func read(
    _ index: Int, slot: Int
  ) -> Result<(routine: Routine, depth: Int), OptionError> {
    path.append(index)
    defer { path.removeLast() }
    let result: Result<(routine: Routine, depth: Int), OptionError>
    do throws(OptionError) {
      guard path.count <= Self.largestDepth else {
        throw OptionError(
          .unsupported, slot: slot,
          expected: "at most \(Self.largestDepth) subgraphs inside each other")
      }
      let routine = try Routine(
        name: model.subgraphs[index].name, try graph(index, slot: slot), slot: slot)
      result = .success((routine, routine.depth))
    } catch {
      result = .failure(error)
    }
    known[index] = result
    return result
  }

  private func graph(_ index: Int, slot: Int) throws(OptionError) -> Graph {
    do throws(ImportError) {
      return try SubgraphBinding(index, self).graph(modelHash: "")
    } catch {
      let reason = error.firstReason
      throw OptionError(
        error.isUnsupported ? .unsupported : .invalid, slot: slot,
        expected: "a sound subgraph; in subgraph \(index): \(reason)")
    }
  }
}

extension ImportError {
  /// The first thing that is wrong.
  fileprivate var firstReason: String {
    switch self {
    case .refused(let refusals): refusals.first?.description ?? ""
    case .graph(let error): error.description
    case .malformed(let error): error.description
    }
  }
}

extension Routine {
  /// The routine that a graph means.
  fileprivate init(name: String, _ graph: Graph, slot: Int) throws(OptionError) {
    guard graph.variables.isEmpty else {
      throw OptionError(.unsupported, slot: slot, expected: "a subgraph without variables")
    }
    self.init(
      name: name,
      tensors: graph.tensors.map {
        Tensor(name: $0.name, Operand($0.type, constant: $0.constant))
      },
      nodes: graph.nodes.map { Node($0.operation, inputs: $0.inputs, outputs: $0.outputs) },
      inputs: graph.inputs, outputs: graph.outputs)
  }

  /// How many routines run inside each other, this one included.
  fileprivate var depth: Int {
    1 + (nodes.lazy.flatMap(\.operation.routines).map(\.depth).max() ?? 0)
  }
}

/// The attributes of an operator that a file has, with the subgraphs that they name.
struct SubgraphOptions<Table: OptionTable>: OptionTable {
  let table: Table
  let routines: RoutineReader

  func int8(_ slot: Int, default absent: Int8) throws(OptionError) -> Int8 {
    try table.int8(slot, default: absent)
  }

  func int32(_ slot: Int, default absent: Int32) throws(OptionError) -> Int32 {
    try table.int32(slot, default: absent)
  }

  func float32(_ slot: Int, default absent: Float) throws(OptionError) -> Float {
    try table.float32(slot, default: absent)
  }

  func bool(_ slot: Int, default absent: Bool) throws(OptionError) -> Bool {
    try table.bool(slot, default: absent)
  }

  func int32s(_ slot: Int) throws(OptionError) -> [Int32] { try table.int32s(slot) }

  func routine(_ slot: Int) throws(OptionError) -> Routine {
    try routines.routine(Int(try table.int32(slot, default: 0)), slot: slot)
  }
}

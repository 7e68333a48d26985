internal import Graph
internal import Tensor

/// The operators of a network as steps to be put in order, each fused group being one step.
struct OperatorOrder {
  /// By step, its operators, ascending; steps stand in the order of the file, a group where its last
  /// operator stands or where something outside needs what it makes, when all that it reads has been made.
  let units: [[Int]]
  /// The operators of the first group that reads, by way of others, what it makes itself: no order has a place
  /// for it.
  let circular: [Int]?

  private let graph: Graph
  /// By operator, the step that it is part of.
  private let unitOf: [Int]
  /// By step, the bytes that it needs beside the tensors that it reads and makes.
  private let scratch: [Int]

  /// Takes operators as steps; `groups` holds the operators of each group, and the bytes that the group needs
  /// inside.
  init(_ graph: Graph, groups: [(ops: [Int], scratchInBytes: Int)] = []) {
    self.graph = graph
    var groupOf: [Int: Int] = [:]
    for (index, group) in groups.enumerated() { for op in group.ops { groupOf[op] = index } }
    var (units, scratch): ([[Int]], [Int]) = ([], [])
    for op in graph.nodes.indices {
      guard let group = groupOf[op].map({ groups[$0] }) else {
        units.append([op])
        scratch.append(0)
        continue
      }
      guard op == group.ops.last else { continue }
      units.append(group.ops)
      scratch.append(group.scratchInBytes)
    }
    let order = UnitOrder(units, of: graph)
    let arranged = order.first.map { units[$0] }
    var unitOf = [Int](repeating: 0, count: graph.nodes.count)
    for (unit, ops) in arranged.enumerated() { for op in ops { unitOf[op] = unit } }
    (self.units, self.unitOf) = (arranged, unitOf)
    self.scratch = order.first.map { scratch[$0] }
    circular = order.circular.map { units[$0] }
  }

  /// The steps in the order in which they run.
  func ordered(_ options: PlanningOptions) -> [[Int]] {
    switch options.order {
    case .file: units
    case .least:
      // The file's order is one: models list operators after those that they read from.
      (try? OrderSearch().least(problem(options), given: Array(units.indices)))?
        .steps.map { units[$0] } ?? units
    }
  }

  /// The steps, and the tensors between them, distances and, if asked, sizes rounded up to the alignment.
  func problem(_ options: PlanningOptions, roundsSizes: Bool = true) -> OrderProblem {
    let producers = graph.producers.map { $0.map { unitOf[$0] } }
    let (valueOf, values) = values(
      producers, roundedTo: roundsSizes ? options.alignment : 1, options)
    let overlays = InPlacePairs.ofOperators(in: graph, policy: options.inPlace)
    let after = graph.readersOfWhatChanges(unitOf, count: units.count)
    let steps = units.enumerated().map { unit, ops in
      let read = ops.flatMap { graph.nodes[$0].inputs.compactMap { $0.flatMap { valueOf[$0] } } }
      return OrderProblem.Step(
        inputs: read.filter { values[$0].producer != unit }, scratchInBytes: scratch[unit],
        overlays: ops.count > 1
          ? []
          : overlays[ops[0]].compactMap { pair in
            guard let result = valueOf[pair.result], let operand = valueOf[pair.operand] else {
              return nil
            }
            return OrderProblem.Overlay(
              result: result, operand: operand,
              distance: (pair.distance ?? 0).roundedUp(to: options.alignment))
          },
        after: after[unit])
    }
    return OrderProblem(valid: values, steps)
  }

  /// By tensor its value, if it is held in memory between steps; and the values.
  private func values(
    _ producers: [Int?], roundedTo unit: Int, _ options: PlanningOptions
  ) -> (valueOf: [Int?], values: [OrderProblem.Value]) {
    let (consumers, outputs) = (graph.consumers, Set(graph.outputs))
    var valueOf = [Int?](repeating: nil, count: graph.tensors.count)
    var values: [OrderProblem.Value] = []
    for tensor in Set(graph.nodes.flatMap(\.outputs)).union(graph.inputs).sorted() {
      let (producer, isKept) = (producers[tensor], outputs.contains(tensor))
      let isInsideGroup =
        producer.map { unit in
          units[unit].count > 1 && !isKept && consumers[tensor].allSatisfy { unitOf[$0] == unit }
        } ?? false
      if isInsideGroup { continue }
      valueOf[tensor] = values.count
      // What variables and callers hold takes no room in the arena.
      let isInArena = options.memory(of: tensor, in: graph) == .arena
      let size = isInArena ? graph.tensors[tensor].type.sizeInBytes : 0
      values.append(
        OrderProblem.Value(
          sizeInBytes: size.roundedUp(to: unit), producer: producer,
          isKept: isKept))
    }
    return (valueOf, values)
  }
}

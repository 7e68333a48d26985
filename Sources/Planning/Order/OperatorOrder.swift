internal import Graph
internal import Tensor

/// The operators of a network as steps to be put in order, each fused group being one step.
struct OperatorOrder {
  /// The steps, and the tensors between them, sizes rounded up to the alignment.
  let problem: OrderProblem
  /// By step, its operators, ascending; steps stand in the order of the file, a group where its last
  /// operator stands.
  let units: [[Int]]

  /// The operators in the order in which they run.
  ///
  /// In the file's order a group runs where its last operator stands: all that it reads has been made by
  /// then.
  func units(in policy: OrderPolicy) -> [[Int]] {
    switch policy {
    case .file: units
    case .least:
      // Models list operators after those that they read from.
      (try? OrderSearch().least(problem, given: Array(units.indices)))?.steps.map { units[$0] }
        ?? units
    }
  }

  /// Builds the problem; `groups` holds the operators of each group, and the bytes that the group needs
  /// beside the tensors that it reads and makes.
  init(
    _ graph: Graph, groups: [(ops: [Int], scratchInBytes: Int)] = [], _ options: PlanningOptions
  ) {
    var scratch = [Int](repeating: 0, count: graph.nodes.count)
    var members: [Int: [Int]] = [:]
    for group in groups {
      guard let last = group.ops.last else { continue }
      members[last] = group.ops
      scratch[last] = group.scratchInBytes
    }
    let grouped = Set(groups.flatMap(\.ops))
    let units = graph.nodes.indices.compactMap { op in
      grouped.contains(op) ? members[op] : [op]
    }
    self.units = units
    var unitOf = [Int](repeating: 0, count: graph.nodes.count)
    for (unit, ops) in units.enumerated() { for op in ops { unitOf[op] = unit } }
    let (producers, consumers) = (graph.producers, graph.consumers)
    // By tensor, its value; none for constants, and for what lives inside a group.
    var valueOf = [Int?](repeating: nil, count: graph.tensors.count)
    var values: [OrderProblem.Value] = []
    let made = Set(graph.nodes.flatMap(\.outputs)).union(graph.inputs)
    for tensor in made.sorted() {
      let producer = producers[tensor].map { unitOf[$0] }
      let isInternal =
        producer.map { unit in
          units[unit].count > 1 && !graph.outputs.contains(tensor)
            && consumers[tensor].allSatisfy { unitOf[$0] == unit }
        } ?? false
      if isInternal { continue }
      valueOf[tensor] = values.count
      // What variables hold takes no room in the arena.
      let size = graph.variableOf[tensor] == nil ? graph.tensors[tensor].type.sizeInBytes : 0
      values.append(
        OrderProblem.Value(
          sizeInBytes: size.roundedUp(to: options.alignment), producer: producer,
          isKept: graph.outputs.contains(tensor)))
    }
    let overlays = Self.overlays(in: graph, valueOf, options)
    // A variable is replaced when all have read what it was.
    var after = [[Int]](repeating: [], count: units.count)
    for variable in graph.variables {
      guard let writer = producers[variable.after].map({ unitOf[$0] }) else { continue }
      after[writer] += consumers[variable.before].map { unitOf[$0] }.filter { $0 != writer }
    }
    let steps = units.enumerated().map { unit, ops in
      let read = Set(
        ops.flatMap { graph.nodes[$0].inputs.compactMap { $0.flatMap { valueOf[$0] } } })
      return OrderProblem.Step(
        inputs: read.filter { values[$0].producer != unit }.sorted(),
        scratchInBytes: ops.last.map { scratch[$0] } ?? 0,
        overlays: ops.count == 1 ? overlays[ops[0]] : [], after: Set(after[unit]).sorted())
    }
    problem = OrderProblem(valid: values, steps)
  }

  /// By operator, which results may lie on which operands.
  private static func overlays(
    in graph: Graph, _ valueOf: [Int?], _ options: PlanningOptions
  ) -> [[OrderProblem.Overlay]] {
    var draft = PlanDraft(graph)
    for op in graph.nodes.indices { draft.addWholeStep(of: op) }
    let rules = InPlacePairs(graph: graph, buffers: draft.buffers, policy: options.inPlace)
    return draft.steps.map { step in
      rules.pairs(of: step).compactMap { pair in
        guard let result = valueOf[draft.buffers[pair.result].tensor],
          let operand = valueOf[draft.buffers[pair.operand].tensor]
        else { return nil }
        return OrderProblem.Overlay(
          result: result, operand: operand,
          distance: (pair.distance ?? 0).roundedUp(to: options.alignment))
      }
    }
  }
}

extension Int {
  /// The least multiple of `unit` that is as large.
  func roundedUp(to unit: Int) -> Int { (self + unit - 1) / unit * unit }
}

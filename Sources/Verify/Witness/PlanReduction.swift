internal import Graph
internal import Ops
internal import Tensor

/// Makes simpler plans of one: some of its steps are left as they are, and everything else is computed
/// whole.
///
/// A simpler plan runs the network whole, in memory of its own past the plan's; then come the steps that
/// are left, whose results go there as well; and then once more what follows from these. A step reads
/// what it read, unless a step that made it is gone: then it reads what was computed whole. What was
/// read wrongly stays wrong.
struct PlanReduction {
  private let binding: PlanBinding
  private let dependencies: StepDependencies
  /// Steps that go together, as they work on the same sums; ascending.
  let units: [[Int]]

  init(_ binding: PlanBinding) {
    self.binding = binding
    dependencies = StepDependencies(binding)
    var unitOf: [Int] = []
    var units: [[Int]] = []
    for (step, earlier) in dependencies.sums.enumerated() {
      let joined = Set(earlier.map { unitOf[$0] }).sorted()
      guard let unit = joined.first else {
        unitOf.append(units.count)
        units.append([step])
        continue
      }
      for other in joined.dropFirst() {
        for step in units[other] { unitOf[step] = unit }
        units[unit] += units[other]
        units[other] = []
      }
      unitOf.append(unit)
      units[unit].append(step)
    }
    self.units = units.filter { !$0.isEmpty }.map { $0.sorted() }
  }

  /// The plan that keeps the steps `kept` (ascending).
  func keeping(_ kept: [Int]) -> Plan {
    let (graph, original) = (binding.graph, binding.plan)
    var plan = Plan.identity(graph, profile: binding.profile)
    let whole = plan.steps
    let wholeOf = Dictionary(
      uniqueKeysWithValues: plan.buffers.enumerated().map { ($1.tensor, $0) })
    for index in plan.buffers.indices {
      plan.buffers[index].name = unusedName(plan.buffers[index].tensor)
      if plan.buffers[index].memory == .arena {
        plan.buffers[index].offset += Self.aligned(original.peakInBytes)
      }
    }
    plan.alignment = min(original.alignment, plan.alignment)
    let first = plan.buffers.count
    plan.buffers += original.buffers
    let isKept = Set(kept)
    let steps = kept.map { index in
      var step = original.steps[index]
      for (operand, buffer) in step.inputs.enumerated() {
        guard let buffer else { continue }
        let read = dependencies.operands[index][operand]
        let isThere = !read.isSound || read.writers.allSatisfy(isKept.contains)
        step.inputs[operand] =
          isThere ? first + buffer : wholeOf[original.buffers[buffer].tensor]
      }
      step.sums?.buffer += first
      for output in step.outputs.indices { step.outputs[output].buffer += first }
      for tile in binding.tiles(of: original.steps[index]) where !step.outputs.isEmpty {
        let tensor = binding.node(of: step).outputs[tile.output]
        if let buffer = wholeOf[tensor] {
          step.outputs.append(PlanStep.Destination(buffer: buffer, region: tile.region))
        }
      }
      return step
    }
    let again = followers(of: Set(kept.map { original.steps[$0].op }))
    let last = kept.map { original.steps[$0].op }.max() ?? -1
    // What only follows from the steps that are left need not be computed before them.
    let before = whole.filter { $0.op <= last || !again.contains($0.op) }
    let after = whole.filter { again.contains($0.op) }
    plan.steps = before + steps + after
    return plan.withoutUnusedBuffers(graph)
  }

  /// Operators outside `ops` that read what follows from them.
  private func followers(of ops: Set<Int>) -> Set<Int> {
    var changed = Set(ops.flatMap { binding.graph.nodes[$0].outputs })
    var followers: Set<Int> = []
    for (op, node) in binding.graph.nodes.enumerated() where !ops.contains(op) {
      guard node.inputs.contains(where: { $0.map(changed.contains) ?? false }) else { continue }
      followers.insert(op)
      changed.formUnion(node.outputs)
    }
    return followers
  }

  /// A name that no buffer of the plan has.
  private func unusedName(_ tensor: Int) -> String {
    var name = "t\(tensor).all"
    while binding.plan.buffers.contains(where: { $0.name == name }) { name += "'" }
    return name
  }

  private static func aligned(_ offset: Int) -> Int { (offset + 15) / 16 * 16 }
}

extension Plan {
  /// The same plan without buffers that no step names; those of network inputs stay.
  fileprivate func withoutUnusedBuffers(_ graph: Graph) -> Plan {
    var used = Set(steps.flatMap { $0.inputs.compactMap { $0 } + $0.destinations.map(\.buffer) })
    used.formUnion(buffers.indices.filter { graph.inputs.contains(buffers[$0].tensor) })
    let places = used.sorted()
    var newIndex = [Int](repeating: 0, count: buffers.count)
    for (index, place) in places.enumerated() { newIndex[place] = index }
    var plan = self
    plan.buffers = places.map { buffers[$0] }
    for index in plan.steps.indices {
      plan.steps[index].inputs = steps[index].inputs.map { $0.map { newIndex[$0] } }
      for output in steps[index].outputs.indices {
        plan.steps[index].outputs[output].buffer =
          newIndex[steps[index].outputs[output].buffer]
      }
      if let sums = steps[index].sums {
        plan.steps[index].sums?.buffer = newIndex[sums.buffer]
      }
    }
    return plan
  }
}

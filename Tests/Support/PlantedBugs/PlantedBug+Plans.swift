internal import Graph
internal import Ops

/// Bugs of tilers that state steps, capacities or addresses wrongly.
extension PlantedBug {
  /// The plan with the bug; `nil` for a bug that is none of plans.
  func edited(_ plan: Plan, of graph: Graph) -> Plan? {
    switch self {
    case .ringShort: Self.withShortRings(plan)
    case .biasTwice: Self.finishingTwice(plan)
    case .finishedEarly: Self.finishingEarly(plan)
    case .reusedEarly: Self.reusingEarly(plan, graph)
    case .liesOnOperand: Self.lyingOnOperands(plan, graph)
    case .haloShort, .paddingSide, .dilationIgnored, .multiplierIgnored, .offsetIgnored,
      .sumsSaturate, .multipliersFromFirst:
      nil
    }
  }

  private static func withShortRings(_ plan: Plan) -> Plan {
    var plan = plan
    for index in plan.buffers.indices {
      plan.buffers[index].rings = plan.buffers[index].rings.mapValues { max(1, $0 - 1) }
    }
    return plan
  }

  private static func finishingTwice(_ plan: Plan) -> Plan {
    var plan = plan
    plan.steps = plan.steps.flatMap { $0.phase == .finish ? [$0, $0] : [$0] }
    return plan
  }

  private static func finishingEarly(_ plan: Plan) -> Plan {
    var plan = plan
    for finish in plan.steps.indices where plan.steps[finish].phase == .finish {
      let sums = plan.steps[finish].sums
      let last = plan.steps[..<finish].lastIndex { $0.sums?.buffer == sums?.buffer }
      guard let last, plan.steps[last].phase == .add else { continue }
      plan.steps.insert(plan.steps.remove(at: finish), at: last)
    }
    return plan
  }

  /// Each buffer that is written between another's last two uses lies there, unless it is read together with it.
  private static func reusingEarly(_ plan: Plan, _ graph: Graph) -> Plan {
    var plan = plan
    let uses = uses(plan)
    for (index, buffer) in plan.buffers.enumerated() where buffer.memory == .arena {
      guard let first = uses[index].first, !graph.inputs.contains(buffer.tensor) else { continue }
      let left = plan.buffers.indices.first { other in
        guard other != index, plan.buffers[other].memory == .arena,
          let last = uses[other].last, let before = uses[other].dropLast().last
        else { return false }
        return before < first && first < last
      }
      if let left { plan.buffers[index].offset = plan.buffers[left].offset }
    }
    return plan
  }

  /// Each result that is written once and is no larger lies on an operand that is read there for the last time.
  private static func lyingOnOperands(_ plan: Plan, _ graph: Graph) -> Plan {
    var plan = plan
    let uses = uses(plan)
    for (index, step) in plan.steps.enumerated() where step.phase == .whole {
      guard let result = step.outputs.first?.buffer, uses[result].first == index else { continue }
      let last = step.inputs.compactMap { $0 }.first { operand in
        uses[operand].last == index && plan.buffers[operand].memory == .arena
          && !graph.outputs.contains(plan.buffers[operand].tensor)
          && plan.buffers[operand].sizeInBytes >= plan.buffers[result].sizeInBytes
      }
      guard let last, plan.buffers[result].memory == .arena else { continue }
      plan.buffers[result].offset = plan.buffers[last].offset
    }
    return plan
  }

  /// By buffer the steps that read or write it, in order.
  private static func uses(_ plan: Plan) -> [[Int]] {
    var uses = [[Int]](repeating: [], count: plan.buffers.count)
    for (index, step) in plan.steps.enumerated() {
      for buffer in Set(step.inputs.compactMap { $0 } + step.destinations.map(\.buffer)) {
        uses[buffer].append(index)
      }
    }
    return uses
  }
}

public import Graph
public import Tensor

/// Small random edits of plans, most of which make them wrong.
public enum PlanMutation {
  /// Edits one number, list or order of a plan.
  public static func apply(to plan: inout Plan, using generator: inout SplitMix64) {
    let buffer = Int.random(in: plan.buffers.indices, using: &generator)
    let step = Int.random(in: plan.steps.indices, using: &generator)
    switch Int.random(in: 0..<11, using: &generator) {
    case 0:
      let places = [-64, -16, -4, -1, 1, 4, 16, 64]
      plan.buffers[buffer].offset += places.randomElement(using: &generator) ?? 1
    case 1:
      let other = Int.random(in: plan.buffers.indices, using: &generator)
      plan.buffers[buffer].offset = plan.buffers[other].offset
    case 2:
      nudge(&plan.buffers[buffer].region, &generator)
    case 3:
      let axis = plan.buffers[buffer].rings.keys.sorted().randomElement(using: &generator)
      if let axis {
        plan.buffers[buffer].rings[axis]? += Bool.random(using: &generator) ? 1 : -1
      } else if plan.buffers[buffer].region.rank > 1 {
        plan.buffers[buffer].rings[1] = max(1, plan.buffers[buffer].region[1].count - 1)
      }
    case 4: plan.steps.remove(at: step)
    case 5: plan.steps.insert(plan.steps[step], at: step)
    case 6:
      plan.steps.swapAt(step, min(step + 1, plan.steps.count - 1))
    case 7:
      guard !plan.steps[step].outputs.isEmpty else { return }
      nudge(&plan.steps[step].outputs[0].region, &generator)
    case 8:
      if plan.steps[step].reduce != nil {
        plan.steps[step].reduce.map { box in
          var box = box
          nudge(&box, &generator)
          plan.steps[step].reduce = box
        }
      } else {
        plan.steps[step].sums?.region[0] = 0..<1
      }
    case 9:
      let phases = PlanStep.Phase.allCases
      plan.steps[step].phase = phases.randomElement(using: &generator) ?? .whole
    default:
      retarget(&plan, step, &generator)
    }
  }

  /// Moves one end of one range by one.
  private static func nudge(_ box: inout Region, _ generator: inout SplitMix64) {
    guard box.rank > 0 else { return }
    let axis = Int.random(in: 0..<box.rank, using: &generator)
    let (low, high) = (box[axis].lowerBound, box[axis].upperBound)
    let moved = [
      low - 1..<high, low + 1..<max(high, low + 1), low..<high + 1, low..<max(high - 1, low),
    ]
    box[axis] = moved.randomElement(using: &generator) ?? box[axis]
  }

  /// Reads an operand from, or writes a result to, another buffer of its tensor.
  private static func retarget(
    _ plan: inout Plan, _ step: Int, _ generator: inout SplitMix64
  ) {
    func other(_ buffer: Int) -> Int {
      let others = plan.buffers.indices.filter {
        plan.buffers[$0].tensor == plan.buffers[buffer].tensor
      }
      return others.randomElement(using: &generator) ?? buffer
    }
    if let operand = plan.steps[step].inputs.firstIndex(where: { $0 != nil }),
      let buffer = plan.steps[step].inputs[operand], Bool.random(using: &generator)
    {
      plan.steps[step].inputs[operand] = other(buffer)
    } else if let output = plan.steps[step].outputs.first {
      plan.steps[step].outputs[0].buffer = other(output.buffer)
    }
  }
}

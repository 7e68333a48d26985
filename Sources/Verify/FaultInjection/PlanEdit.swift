internal import Graph
internal import Tensor

/// One edit of a plan, at one place.
enum PlanEdit: Hashable, Sendable {
  /// A step makes another tile of a tensor.
  case setTile(step: Int, tensor: Int, Region)
  /// A step adds other taps.
  case setReduce(step: Int, Region)
  /// A buffer holds less, and whatever writes to it writes that much less.
  case cutBuffer(Int, Region)
  /// A step is left out.
  case drop(step: Int)
  /// A step is done once more, before another one.
  case duplicate(step: Int, before: Int)
  /// A step is done before an earlier one.
  case move(step: Int, before: Int)
  /// A ring gets another capacity, or an axis becomes one.
  case setCapacity(buffer: Int, axis: Int, Int)
  /// A buffer lies elsewhere.
  case setOffset(buffer: Int, Int)

  /// The plan after the edit.
  func applied(to plan: Plan) -> Plan {
    var plan = plan
    switch self {
    case .setTile(let step, let tensor, let region):
      Self.setTiles(of: tensor, to: region, &plan.steps[step], plan.buffers)
    case .setReduce(let step, let region): plan.steps[step].reduce = region
    case .cutBuffer(let buffer, let region): Self.cut(buffer, to: region, &plan)
    case .drop(let step): plan.steps.remove(at: step)
    case .duplicate(let step, let place): plan.steps.insert(plan.steps[step], at: place)
    case .move(let step, let place):
      let moved = plan.steps.remove(at: step)
      plan.steps.insert(moved, at: place)
    case .setCapacity(let buffer, let axis, let capacity):
      plan.buffers[buffer].rings[axis] = capacity
    case .setOffset(let buffer, let offset): plan.buffers[buffer].offset = offset
    }
    return plan
  }

  /// All destinations of one tensor in a step state one region.
  private static func setTiles(
    of tensor: Int, to region: Region, _ step: inout PlanStep, _ buffers: [PlanBuffer]
  ) {
    for index in step.outputs.indices where buffers[step.outputs[index].buffer].tensor == tensor {
      step.outputs[index].region = region
    }
    if let sums = step.sums, buffers[sums.buffer].tensor == tensor { step.sums?.region = region }
  }

  private static func cut(_ buffer: Int, to region: Region, _ plan: inout Plan) {
    plan.buffers[buffer].region = region
    let tensor = plan.buffers[buffer].tensor
    var steps: [PlanStep] = []
    for var step in plan.steps {
      if let target = step.destinations.first(where: { $0.buffer == buffer }) {
        let tile = target.region.intersection(region)
        // Nothing is left to be made.
        if tile.isEmpty { continue }
        setTiles(of: tensor, to: tile, &step, plan.buffers)
      }
      steps.append(step)
    }
    plan.steps = steps
  }

  /// What is done, where.
  func description(in plan: Plan) -> String {
    func name(_ step: Int) -> String {
      "step \(step) (operator \(plan.steps[step].op), \(plan.steps[step].phase.rawValue))"
    }
    return switch self {
    case .setTile(let step, let tensor, let region):
      "\(name(step)) makes \(region) of tensor \(tensor)"
    case .setReduce(let step, let region): "\(name(step)) adds \(region)"
    case .cutBuffer(let buffer, let region):
      "buffer \(plan.buffers[buffer].name) holds \(region), and as much is written to it"
    case .drop(let step): "\(name(step)) is left out"
    case .duplicate(let step, let place): "\(name(step)) is done once more before step \(place)"
    case .move(let step, let place): "\(name(step)) is done before step \(place)"
    case .setCapacity(let buffer, let axis, let capacity):
      "buffer \(plan.buffers[buffer].name) is a ring of \(capacity) on axis \(axis)"
    case .setOffset(let buffer, let offset):
      "buffer \(plan.buffers[buffer].name) lies at \(offset) instead of \(plan.buffers[buffer].offset)"
    }
  }
}

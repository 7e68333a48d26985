internal import Graph
internal import Ops
internal import Tensor

/// The bytes that each step of a plan needs, whatever the order of the steps.
struct StepNeeds {
  /// What the step that needs most reads and writes, or what the network's ends hold, if that is more.
  let largest: Int

  init(_ binding: PlanBinding, inPlace: InPlacePolicy) {
    let rules = InPlacePairs(graph: binding.graph, buffers: binding.plan.buffers, policy: inPlace)
    let steps = binding.plan.steps.map { Self.bytes(of: $0, rules, binding) }
    let ends = [binding.graph.inputs, binding.graph.outputs].map { tensors in
      tensors.reduce(0) { sum, tensor in
        let held = binding.plan.buffers.contains { $0.tensor == tensor && $0.memory == .arena }
        return held ? sum + binding.graph.tensors[tensor].type.sizeInBytes : sum
      }
    }
    largest = (steps + ends).max() ?? 0
  }

  /// What a step reads and writes, each byte once; a result that may lie on an operand is taken to.
  private static func bytes(
    of step: PlanStep, _ rules: InPlacePairs, _ binding: PlanBinding
  ) -> Int {
    var read: [Int: Int] = [:]
    for (operand, buffer) in step.inputs.enumerated() {
      guard let buffer, binding.plan.buffers[buffer].memory == .arena else { continue }
      for tile in binding.tiles(of: step) {
        let coordinates = binding.node(of: step).accesses[tile.output].coordinates(
          of: operand, for: tile.region, reduce: binding.reduce(of: step))
        let count = coordinates.reduce(1) { $0 * $1.reduce(0) { $0 + $1.count } }
        let bytes = count * binding.plan.buffers[buffer].element.sizeInBytes
        read[buffer] = max(read[buffer, default: 0], bytes)
      }
    }
    if let sums = step.sums { read[sums.buffer] = bytes(of: sums, binding) }
    let written = step.outputs.reduce(0) { $0 + bytes(of: $1, binding) }
    let mayOverlap = Set(rules.pairs(of: step).map(\.operand))
    let apart = read.reduce(0) { mayOverlap.contains($1.key) ? $0 : $0 + $1.value }
    return max(read.values.reduce(0, +), written + apart)
  }

  private static func bytes(of destination: PlanStep.Destination, _ binding: PlanBinding) -> Int {
    let buffer = binding.plan.buffers[destination.buffer]
    return buffer.memory == .arena ? destination.region.count * buffer.element.sizeInBytes : 0
  }
}

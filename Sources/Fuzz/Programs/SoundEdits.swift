internal import Graph
internal import Ops
internal import Tensor

/// Changes a sound plan at random places and keeps it sound.
struct SoundEdits {
  private let graph: Graph
  /// What the edits made of the plan.
  private(set) var plan: Plan

  /// Starts with a sound plan.
  init(_ plan: Plan, of graph: Graph) {
    self.graph = graph
    self.plan = plan
  }

  /// Makes an edit, where the plan has a place for it.
  mutating func apply(_ edit: SoundEdit) {
    var generator = SplitMix64(seed: edit.seed)
    switch edit.kind {
    case .endsInHostMemory: moveEndsToHost(using: &generator)
    case .copy: copyResult(using: &generator)
    case .tiles: cutStep(using: &generator)
    case .parts: splitSum(using: &generator)
    }
  }

  /// Leaves some network inputs and outputs with the caller.
  private mutating func moveEndsToHost(using generator: inout SplitMix64) {
    for (index, buffer) in plan.buffers.enumerated()
    where (graph.modelInputs + graph.modelOutputs).contains(buffer.tensor)
      && buffer.memory == .arena && buffer.rings.isEmpty
      && buffer.element == graph.tensors[buffer.tensor].type.element
    {
      guard Int.random(in: 0..<3, using: &generator) > 0 else { continue }
      plan.buffers[index].memory = .host
      plan.buffers[index].offset = 0
    }
  }

  /// Writes a result to two places, and lets later steps read from either.
  private mutating func copyResult(using generator: inout SplitMix64) {
    func mayBeCopied(_ destination: PlanStep.Destination) -> Bool {
      let buffer = plan.buffers[destination.buffer]
      return buffer.rings.isEmpty && buffer.memory != .state
    }
    let places = plan.steps.indices.filter { plan.steps[$0].outputs.contains(where: mayBeCopied) }
    guard let place = places.randomElement(using: &generator),
      let first = plan.steps[place].outputs.first(where: mayBeCopied)
    else { return }
    var buffer = plan.buffers[first.buffer]
    buffer.name += ".copy"
    buffer.memory = .arena
    buffer.region = first.region
    buffer.offset = top
    let copy = add(buffer)
    plan.steps[place].outputs.append(.init(buffer: copy, region: first.region))
    // What is written once, as a whole, can be read from either place.
    let writers = plan.steps.count { $0.outputs.contains { $0.buffer == first.buffer } }
    let isWhole = writers == 1 && plan.buffers[first.buffer].region == first.region
    for index in plan.steps.indices.dropFirst(place + 1) where isWhole {
      for operand in plan.steps[index].inputs.indices
      where plan.steps[index].inputs[operand] == first.buffer && Bool.random(using: &generator) {
        plan.steps[index].inputs[operand] = copy
      }
    }
  }

  /// Cuts a step into tiles along any axes, batch and channels included.
  private mutating func cutStep(using generator: inout SplitMix64) {
    let places = plan.steps.indices.filter { index in
      let step = plan.steps[index]
      return step.phase == .whole && step.outputs.count == 1 && !liesOnOperands(step)
        && step.outputs[0].region.count > 1
    }
    guard let place = places.randomElement(using: &generator) else { return }
    let step = plan.steps[place]
    let node = graph.nodes[step.op]
    let output = node.outputs.firstIndex(of: plan.buffers[step.outputs[0].buffer].tensor) ?? 0
    let tiles = step.outputs[0].region.randomPartition(pieces: 3, using: &generator) {
      node.accesses[output].mayCut($0)
    }
    let rings = plan.buffers[step.outputs[0].buffer].rings
    guard tiles.count > 1, rings.isEmpty else { return }
    plan.steps.replaceSubrange(
      place...place,
      with: tiles.map { tile in
        var part = step
        part.outputs[0].region = tile
        return part
      })
  }

  /// Cuts what a step sums into boxes, and adds them in a random order.
  private mutating func splitSum(using generator: inout SplitMix64) {
    let places = plan.steps.indices.filter { index in
      let step = plan.steps[index]
      return step.phase == .whole && graph.nodes[step.op].sumElement != nil
        && step.inputs[graph.nodes[step.op].summedOperand] != nil
    }
    guard let place = places.randomElement(using: &generator),
      let operand = graph.nodes[plan.steps[place].op].summedInput,
      let element = graph.nodes[plan.steps[place].op].sumElement
    else { return }
    let step = plan.steps[place]
    let tile = step.outputs[0].region
    let sums = add(
      PlanBuffer(
        name: "parts", tensor: plan.buffers[step.outputs[0].buffer].tensor, element: element,
        region: tile, offset: top))
    let boxes = graph.whole(operand).randomPartition(pieces: 3, using: &generator) { _ in true }
    let target = PlanStep.Destination(buffer: sums, region: tile)
    let adding = boxes.enumerated().map { number, box in
      PlanStep(
        op: step.op, phase: number == 0 ? .start : .add, inputs: step.inputs, reduce: box,
        sums: target)
    }
    let finish = PlanStep(
      op: step.op, phase: .finish, inputs: step.inputs.map { _ in nil }, outputs: step.outputs,
      sums: target)
    plan.steps.replaceSubrange(place...place, with: adding + [finish])
  }

  /// Adds a buffer and returns its index.
  private mutating func add(_ buffer: PlanBuffer) -> Int {
    plan.buffers.append(buffer)
    return plan.buffers.count - 1
  }

  /// The first aligned address above all buffers.
  private var top: Int {
    (plan.peakInBytes + plan.alignment - 1) / plan.alignment * plan.alignment
  }

  /// Whether a result shares bytes with what the step reads, so that tiles depend on their order; those of a state
  /// that changes element by element do not.
  private func liesOnOperands(_ step: PlanStep) -> Bool {
    step.inputs.enumerated().contains { operand, input in
      guard let input = input.map({ plan.buffers[$0] }), input.memory != .host else { return false }
      return step.outputs.contains { output in
        let result = plan.buffers[output.buffer]
        return result.memory == input.memory && result.byteRange.overlaps(input.byteRange)
          && !(input.memory == .state && changesElementwise(step.op, operand, result.tensor))
      }
    }
  }

  private func changesElementwise(_ op: Int, _ operand: Int, _ result: Int) -> Bool {
    let node = graph.nodes[op]
    return node.accesses[node.outputs.firstIndex(of: result) ?? 0].isElementwise(operand)
  }
}

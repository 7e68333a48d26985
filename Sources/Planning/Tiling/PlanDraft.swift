internal import Graph
internal import Ops
internal import Tensor

/// A plan whose buffers have no addresses yet.
struct PlanDraft {
  let graph: Graph
  private let options: PlanningOptions
  private(set) var buffers: [PlanBuffer] = []
  private(set) var steps: [PlanStep] = []
  private var wholeBuffers: [Int: Int] = [:]
  private var names: [String: Int] = [:]

  init(_ graph: Graph, options: PlanningOptions = PlanningOptions()) {
    self.graph = graph
    self.options = options
    for tensor in graph.inputs { _ = wholeBuffer(of: tensor) }
  }

  /// The buffer that holds all of a tensor, made on first use.
  mutating func wholeBuffer(of tensor: Int) -> Int {
    if let buffer = wholeBuffers[tensor] { return buffer }
    let buffer = addBuffer(of: tensor, "whole", graph.whole(tensor))
    wholeBuffers[tensor] = buffer
    return buffer
  }

  /// The buffers that hold a part of a tensor, or sums.
  var partialBuffers: [Int] {
    let whole = Set(wholeBuffers.values)
    return buffers.indices.filter { !whole.contains($0) }
  }

  /// Adds a buffer of elements, or of sums of type `sums`.
  mutating func addBuffer(
    of tensor: Int, _ role: String, _ region: Region, sums: ElementType? = nil
  ) -> Int {
    let name = "t\(tensor).\(role)"
    let count = names[name, default: 0]
    names[name] = count + 1
    buffers.append(
      PlanBuffer(
        name: count == 0 ? name : "\(name).\(count)", tensor: tensor,
        element: sums ?? graph.tensors[tensor].type.element, region: region,
        memory: memory(of: tensor, region, sums)))
    return buffers.count - 1
  }

  /// What holds all of a tensor may lie with the caller; parts of it and sums are in the arena.
  private func memory(
    of tensor: Int, _ region: Region, _ sums: ElementType?
  ) -> PlanBuffer.Memory {
    let memory = options.memory(of: tensor, in: graph)
    let isPart = sums != nil || region != graph.whole(tensor)
    return memory == .host && isPart ? .arena : memory
  }

  /// Makes `axis` of a buffer a ring of `capacity`, unless that is its whole extent.
  mutating func setRing(_ buffer: Int, axis: Int, capacity: Int) {
    guard capacity < buffers[buffer].region[axis].count else { return }
    buffers[buffer].rings[axis] = capacity
  }

  mutating func addStep(_ step: PlanStep) { steps.append(step) }

  /// Adds a step that runs a whole operator from and into whole buffers.
  mutating func addWholeStep(of op: Int) {
    let node = graph.nodes[op]
    let inputs = node.inputs.indices.map { operand in
      activation(operand, of: node).map { wholeBuffer(of: $0) }
    }
    let outputs = node.outputs.map { tensor in
      PlanStep.Destination(buffer: wholeBuffer(of: tensor), region: graph.whole(tensor))
    }
    addStep(PlanStep(op: op, inputs: inputs, outputs: outputs))
  }

  /// The tensor that operand `operand` reads from a buffer; `nil` for constants and absent ones.
  func activation(_ operand: Int, of node: GraphNode) -> Int? {
    node.isActivation(operand) ? node.inputs[operand] : nil
  }

  /// Completes the plan by a layout.
  func plan(profile: Profile) -> Plan {
    var plan = Plan(
      modelHash: graph.modelHash, profile: profile.name, alignment: options.alignment,
      buffers: buffers, steps: steps)
    plan.layOut(for: graph, options)
    return plan
  }
}
